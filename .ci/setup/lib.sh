# shellcheck shell=bash
# What every set-up file uses: one cache folder, steps that show progress, Debian's packages.
# bash 3.2 (macOS) reads this too.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
setup=$root/.ci/setup
cache=${XDG_CACHE_HOME:-$HOME/.cache}/meshwright
log='' making='' ticker=''

say() { printf 'meshwright: %s\n' "$*" >&2; }

fail() {
    log=''
    say "$*"
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# The version that a tool reports of itself, or nothing.
version_of() { "$1" --version 2>/dev/null | sed -nE '1s/^[^0-9]*([0-9][0-9.]*).*/\1/p' || :; }

# need NOUN: what NOUN.sh sets up is there and on PATH afterwards.
need() {
    # shellcheck source=/dev/null
    . "$setup/$1.sh"
}

# A Python that can make an environment with pip in it, or nothing. Debian splits that off.
find_python() {
    if python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
        command -v python3
    fi
}

# want_python "what for": find_python finds one afterwards.
want_python() {
    [ -n "$(find_python)" ] || debian "$1" python3-venv ||
        fail "need Python 3.9 or newer: install it from https://www.python.org, then run make again"
}

finish() {
    local status=$?
    trap - EXIT
    if [ -n "$ticker" ]; then
        kill "$ticker" 2>/dev/null || :
        wait "$ticker" 2>/dev/null || :
    fi
    if [ -n "$making" ]; then rm -rf "$making"; fi
    if [ "$status" -ne 0 ] && [ -s "$log" ]; then
        tail -n 25 "$log" >&2
        say "that failed; the whole log is $log"
    fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# step NAME "what happens (how long)" COMMAND...: the output goes to a log, the time is shown as it
# passes, and a failure ends the run with the log's tail (`finish`, by way of `set -e`).
step() {
    local name=$1 what=$2 start=$SECONDS
    shift 2
    mkdir -p "$cache/log"
    log=$cache/log/$name.log
    say "$what"
    : >"$log"
    tick "$start" "$log" &
    ticker=$!
    ("$@") >"$log" 2>&1 </dev/null
    kill "$ticker" 2>/dev/null || :
    wait "$ticker" 2>/dev/null || :
    ticker='' log=''
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
    say "  done in $((SECONDS - start)) s"
}

# Elapsed time and the log's last line: in place on a terminal, a line now and then elsewhere.
tick() {
    local start=$1 file=$2 pause=30 line
    trap - EXIT INT TERM
    if [ -t 2 ]; then pause=1; fi
    while sleep "$pause" && kill -0 $$ 2>/dev/null; do
        line=$(tail -n 1 "$file" | tr -d '\r\033' | cut -c 1-60)
        if [ -t 2 ]; then
            printf '\r\033[K  %d s  %s' $((SECONDS - start)) "$line" >&2
        else
            printf '  %d s  %s\n' $((SECONDS - start)) "$line" >&2
        fi
    done
}

# keep NAME-VERSION "what happens (how long)" COMMAND...: COMMAND fills the folder named by its last
# argument; the folder gets its name only when that is complete. Sets `kept`.
keep() {
    local name=$1 what=$2
    shift 2
    kept=$cache/$name
    if [ -d "$kept" ]; then return; fi
    mkdir -p "$cache"
    making=$(mktemp -d "$cache/.making-XXXXXX")
    chmod 755 "$making"
    step "$name" "$what" "$@" "$making"
    if [ -d "$kept" ]; then rm -rf "$making"; else mv "$making" "$kept"; fi
    making=''
}

# within SECONDS COMMAND...: fails when COMMAND does, or takes longer.
within() {
    local limit=$1 job watch status=0
    shift
    "$@" </dev/null >/dev/null 2>&1 &
    job=$!
    (trap - EXIT INT TERM && sleep "$limit" && kill "$job") >/dev/null 2>&1 &
    watch=$!
    wait "$job" || status=$?
    kill "$watch" 2>/dev/null || :
    wait "$watch" 2>/dev/null || :
    return "$status"
}

# debian "what for" PACKAGE...: installs those that are missing; fails where there is no apt-get.
debian() {
    local why=$1 package missing=''
    shift
    have apt-get && have dpkg-query || return 1
    for package; do
        case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || :) in
            'install ok installed') ;;
            *) missing="$missing $package" ;;
        esac
    done
    if [ -z "$missing" ]; then return; fi
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null ||
            fail "need Debian packages for $why: run 'sudo apt-get install$missing', then make again"
    fi
    # shellcheck disable=SC2086 # a list of package names
    step apt "installing Debian packages for $why:$missing (up to 2 minutes)" apt_install $missing
}

apt_install() {
    local sudo=''
    if [ "$(id -u)" -ne 0 ]; then sudo='sudo -n'; fi
    $sudo apt-get update
    # --no-remove: a package of the user's own is never taken away for ours.
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install --yes --no-install-recommends --no-remove "$@"
}

# from_registry CRATE VERSION "CARGO FLAGS" FOLDER: a Rust program, built into FOLDER/bin. Built for a
# short build rather than a fast program: each runs for a second or two.
from_registry() {
    local crate=$1 version=$2 flags=$3 folder=$4
    if have cargo-binstall && within 180 cargo-binstall --no-confirm --force \
        --disable-strategies quick-install,compile --root "$folder" "$crate@$version"; then
        return
    fi
    (
        cd "$folder"
        export CARGO_TARGET_DIR=$folder/target
        export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
        export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=false
        # shellcheck disable=SC2086 # a list of flags
        cargo install $flags --root "$folder" --version "=$version" "$crate"
    )
    rm -rf "$folder/target"
}
