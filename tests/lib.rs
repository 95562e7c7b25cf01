//! Shared by the tests.

/// FNV-1a over 64 bits: what an archive's bytes come to, so that native code and Wasm can be compared by
/// a line of text.
pub fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
