# shellcheck shell=bash
# What checks our output with other people's readers: a Python with the packages of
# tests/requirements.txt (YAML readers, and shellcheck's binary).

find_packaged() { echo "$cache/python-$(cksum <"$root/tests/requirements.txt" | cut -d ' ' -f 1)"; }

make_python() {
    "$(find_python)" -m venv "$1"
    "$1/bin/python" -m pip install --only-binary :all: --requirement "$root/tests/requirements.txt"
}

kept=$(find_packaged)
if [ -d "$kept" ] && ! "$kept/bin/python" -c '' 2>/dev/null; then rm -rf "$kept"; fi # its Python is gone
if [ ! -d "$kept" ]; then
    want_python Python
    keep "${kept##*/}" "installing YAML readers and shellcheck (half a minute)" make_python
fi
export MESHWRIGHT_PYTHON=$kept/bin/python
export SHELLCHECK=$kept/bin/shellcheck
