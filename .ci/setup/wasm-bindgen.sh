# shellcheck shell=bash
# wasm-bindgen's command line, and with it wasm-bindgen-test-runner: exactly the version of the
# library in Cargo.lock.

bindgen_version=$(awk '/^name = /{ name = $3 } /^version = / && name == "\"wasm-bindgen\"" { gsub(/"/, "", $3); print $3 }' "$root/Cargo.lock")

if [ "$(version_of wasm-bindgen)" != "$bindgen_version" ] ||
    [ "$(version_of wasm-bindgen-test-runner)" != "$bindgen_version" ]; then
    need rust
    # Not --locked: its lock file can name a crate that a registry's mirror does not have yet.
    keep "wasm-bindgen-$bindgen_version" "building wasm-bindgen $bindgen_version (1 to 5 minutes)" \
        from_registry wasm-bindgen-cli "$bindgen_version" ''
    PATH=$kept/bin:$PATH
fi
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
