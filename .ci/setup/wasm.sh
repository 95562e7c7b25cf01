# shellcheck shell=bash
# A Rust that compiles to Wasm, with a target folder of its own so that native builds and these never
# undo each other. Where `rustup target add` cannot download, Debian's Rust and its library sources
# make the target instead.

wasm_target=wasm32-unknown-unknown
debian_rust='rustc-web cargo-web rust-web-src rust-web-clippy libstd-rust-web-dev lld-22'

need rust

has_wasm() {
    local lib
    lib=$(rustc --print target-libdir --target "$wasm_target" 2>/dev/null) || return 1
    ls "$lib"/libstd-*.rlib >/dev/null 2>&1
}

wasm_sysroot() { printf 'wasm-std-%s' "$(dpkg-query -W -f='${Version}' rust-web-src 2>/dev/null || :)"; }

use_sysroot() {
    PATH=$1/bin:$PATH
    # SYSROOT is for clippy, which does not go through the `rustc` in bin/.
    export SYSROOT=$1
}

# build_sysroot TOOLCHAIN FLAGS FOLDER: a toolchain whose standard library for Wasm is built from its sources.
build_sysroot() (
    toolchain=$1 flags=$2 folder=$3
    triple=$("$toolchain/bin/rustc" --print host-tuple)
    mkdir -p "$folder/std/src" "$folder/bin" "$folder/lib/rustlib/$wasm_target/lib"
    cd "$folder/std"
    printf '[package]\nname = "std-for-wasm"\nedition = "2021"\n[profile.release]\npanic = "abort"\n' >Cargo.toml
    printf '#![no_std]\n' >src/lib.rs
    # test: what wasm-bindgen-test links. embed-bitcode: fat LTO needs it.
    env -u RUSTUP_TOOLCHAIN -u CARGO_ENCODED_RUSTFLAGS PATH="$toolchain/bin:$PATH" RUSTC="$toolchain/bin/rustc" \
        RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes $flags" CARGO_TARGET_DIR="$folder/std/target" \
        "$toolchain/bin/cargo" build --release -Z build-std=std,panic_abort,test --target "$wasm_target"
    cp target/"$wasm_target"/release/deps/*.rlib "$folder/lib/rustlib/$wasm_target/lib/"
    ln -s "$toolchain/lib/rustlib/$triple" "$folder/lib/rustlib/$triple"
    for tool in rustc rustdoc; do
        # shellcheck disable=SC2016 # for that script's shell
        printf '#!/bin/sh\nexec "%s" --sysroot "${0%%/bin/*}" "$@"\n' "$toolchain/bin/$tool" >"$folder/bin/$tool"
        chmod 755 "$folder/bin/$tool"
    done
    for tool in cargo cargo-clippy clippy-driver; do
        ln -s "$toolchain/bin/$tool" "$folder/bin/$tool"
    done
    rm -rf "$folder/std"
)

# wasm_toolchain is the folder of what compiles to Wasm.
use_debian() {
    wasm_toolchain=/usr
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-22
}

debian_toolchain() {
    # shellcheck disable=SC2086 # a list of package names
    debian 'a Rust that compiles to Wasm' $debian_rust || return 1
    use_debian
}

# shellcheck disable=SC2034 # page-std.sh asks for the toolchain
if has_wasm; then
    wasm_toolchain=$(rustc --print sysroot)
elif [ -d "$cache/$(wasm_sysroot)" ]; then
    use_debian
    use_sysroot "$cache/$(wasm_sysroot)"
elif have rustup && say "adding Rust's target $wasm_target (up to 2 minutes)" &&
    within 120 rustup target add "$wasm_target" && has_wasm; then
    wasm_toolchain=$(rustc --print sysroot)
else
    debian_toolchain ||
        fail "need Rust's target $wasm_target: run 'rustup target add $wasm_target', then make again"
    keep "$(wasm_sysroot)" "building Rust's standard library for Wasm (1 to 2 minutes)" build_sysroot /usr ''
    use_sysroot "$kept"
fi
export CARGO_TARGET_DIR=$root/target/wasm
# The same bytes from everyone's folders, and nobody's home folder in the page.
export CARGO_ENCODED_RUSTFLAGS=--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src/=$'\x1f'--remap-path-prefix=$root/=
