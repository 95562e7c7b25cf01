# shellcheck shell=bash
# The page's own standard library, from the toolchain's sources: made small, and without words for a panic, which
# traps and is told by app/web/boot.js. The first load is 9 kB smaller by it.

need wasm

has_sources() { [ -d "$wasm_toolchain/lib/rustlib/src/rust/library/std" ]; }

if ! has_sources && have rustup && say "adding the sources of Rust's standard library (up to 2 minutes)"; then
    within 120 rustup component add rust-src || :
fi
if ! has_sources; then
    debian_toolchain || fail "need the sources of Rust's standard library: run 'rustup component add rust-src', then make again"
fi
keep "page-std-$("$wasm_toolchain/bin/rustc" --version | cut -d ' ' -f 2)-$(cksum <"$setup/wasm.sh" | cut -d ' ' -f 1)" \
    "building the page's standard library (1 to 2 minutes)" \
    build_sysroot "$wasm_toolchain" '-Zunstable-options -Cpanic=immediate-abort -Copt-level=z'
use_sysroot "$kept"
# Compilers of the stable channel allow what is unstable by this alone.
export RUSTC_BOOTSTRAP=1
export CARGO_ENCODED_RUSTFLAGS=$CARGO_ENCODED_RUSTFLAGS$'\x1f-Zunstable-options\x1f-Cpanic=immediate-abort'
