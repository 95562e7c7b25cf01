# shellcheck shell=bash
# wasm-opt of the version that Trunk.toml names, as the npm package that runs on Node.js: the same
# bytes on every machine, and newer than what Trunk or Debian bring.

binaryen_version=$(sed -nE 's/^wasm_opt = "version_([0-9]+)".*/\1.0.0/p' "$root/Trunk.toml")

need node
make_wasm_opt() { npm install --prefix "$1" --no-save --no-package-lock --no-fund --no-audit "binaryen@$binaryen_version"; }
keep "binaryen-$binaryen_version" "installing wasm-opt $binaryen_version (half a minute)" make_wasm_opt
PATH=$kept/node_modules/.bin:$PATH
