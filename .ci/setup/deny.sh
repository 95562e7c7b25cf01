# shellcheck shell=bash
# cargo-deny, for `make deny`; no test needs it.

deny_version=0.20.2

if [ "$(version_of cargo-deny)" != "$deny_version" ]; then
    need rust
    keep "cargo-deny-$deny_version" "building cargo-deny $deny_version (3 to 8 minutes)" \
        from_registry cargo-deny "$deny_version" --locked
    PATH=$kept/bin:$PATH
fi
