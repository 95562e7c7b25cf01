# shellcheck shell=bash
# Rust by rustup, of the version that Cargo.toml asks for, and a C compiler to link with.

rust_wanted=$(sed -nE 's/^rust-version = "([0-9]+\.[0-9]+).*/\1/p' "$root/Cargo.toml")

have cargo || fail "need Rust $rust_wanted or newer: install it from https://rustup.rs, then run make again"
have cc || fail "need a C compiler: run 'apt-get install build-essential' (macOS: 'xcode-select --install'), then make again"

rust_found=$(cd "$root" && version_of rustc)
case $(printf '%s\n' "$rust_wanted" "${rust_found:-0}" | sort -t. -k1,1n -k2,2n | head -n 1) in
    "$rust_wanted") ;;
    *) fail "need Rust $rust_wanted or newer, found ${rust_found:-none}: run 'rustup update stable', then make again" ;;
esac
