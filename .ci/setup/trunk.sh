# shellcheck shell=bash
# Trunk bundles the page. 0.22 wants a newer rustc than Cargo.toml does. Without its default features
# it does not ask for updates.

trunk_version=0.21.14

if [ "$(version_of trunk)" != "$trunk_version" ]; then
    need rust
    keep "trunk-$trunk_version" "building Trunk $trunk_version (2 to 6 minutes)" \
        from_registry trunk "$trunk_version" '--locked --no-default-features --features rustls'
    PATH=$kept/bin:$PATH
fi
