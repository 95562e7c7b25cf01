//! The share link: the topology's JSON, deflated by the browser, as base64url behind the `#`. No
//! server ever sees it. What comes in is anyone's: damaged and huge links end in a sentence.

use crate::{dom, json};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use meshwright_core::draft::{Draft, LARGEST};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

/// What stands before the text in the fragment.
const MARK: &str = "#t=";
/// No topology that a person made comes near this. The browser inflates it to 50 MB at most.
const LONGEST: usize = 64 * 1024;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The fragment that holds `draft`; `None` where the browser cannot deflate.
pub(crate) async fn write(draft: &Draft) -> Option<String> {
    let deflate = stream("CompressionStream")?;
    let bytes = through(json::write(draft).as_bytes(), &deflate).await.ok()?;
    Some([MARK, &encode(&bytes)].concat())
}

/// Whether a fragment claims to hold a topology.
pub(crate) fn is_link(fragment: &str) -> bool {
    fragment.starts_with(MARK)
}

/// The topology in a fragment, or why there is none.
pub(crate) async fn read(fragment: &str) -> Result<Draft, &'static str> {
    const DAMAGED: &str =
        "The link is damaged: parts of it are missing or changed. Ask for it again, or for the file meshwright.yaml.";
    let text = fragment.strip_prefix(MARK).unwrap_or_default();
    if text.len() > LONGEST {
        return Err("The link is too long to be a topology.");
    }
    let bytes = decode(text).ok_or(DAMAGED)?;
    let Some(inflate) = stream("DecompressionStream") else {
        return Err("This browser cannot read links. Ask for the file meshwright.yaml instead.");
    };
    let json = through(&bytes, &inflate)
        .await
        .map_err(|large| if large { "The link holds more than any topology does." } else { DAMAGED })?;
    let json = String::from_utf8(json).map_err(|_| DAMAGED)?;
    json::read(&json).ok_or(DAMAGED)
}

/// One of the browser's streams for deflated bytes.
fn stream(class: &str) -> Option<ReadableWritablePair> {
    dom::construct(class, &Array::of1(&"deflate-raw".into())).map(JsCast::unchecked_into)
}

/// Sends bytes through a stream. `Err(true)` where more comes out than is believed.
async fn through(bytes: &[u8], stream: &ReadableWritablePair) -> Result<Vec<u8>, bool> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).map_err(|_| false)?;
    let piped = blob.stream().pipe_through(stream);
    let whole = Response::new_with_opt_readable_stream(Some(&piped)).and_then(|whole| whole.array_buffer());
    let buffer = JsFuture::from(whole.map_err(|_| false)?).await.map_err(|_| false)?;
    let buffer: ArrayBuffer = buffer.unchecked_into();
    if buffer.byte_length() > LARGEST { Err(true) } else { Ok(Uint8Array::new(&buffer).to_vec()) }
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 3);
    for three in bytes.chunks(3) {
        let word = three.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            let index = (word >> (18 - 6 * place)) & 63;
            text.push(ALPHABET.get(index as usize).map_or('A', |letter| char::from(*letter)));
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for four in text.as_bytes().chunks(4) {
        let mut word = 0u32;
        for letter in four {
            let value = ALPHABET.iter().position(|known| known == letter)?;
            word = word << 6 | u32::try_from(value).ok()?;
        }
        word <<= 6 * (4 - four.len());
        let whole = word.to_be_bytes();
        bytes.extend(whole.iter().skip(1).take((four.len() * 6) / 8));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn base64url_comes_back() {
        for length in 0u8..=9 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(83).wrapping_add(200)).collect();
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
        assert_eq!(decode("a+b"), None);
        assert_eq!(decode("ä"), None);
    }
}
