# shellcheck shell=bash
# What the nouns use that build Go programs: for each a module in tests/lab/programs/ that pins its `tool`s
# and all that they are made of, with their sums. They come from the Go module proxy.

go_programs=$root/tests/lab/programs

# go_pin NAME MODULE: the version of MODULE, without its v, that NAME's go.mod requires.
go_pin() { sed -nE "s,^(require )?[[:space:]]*$2 v([^ ]+).*,\\2,p" "$go_programs/$1/go.mod"; }

# keep_go NAME VERSION "how long" COMMAND: what COMMAND makes of tests/lab/programs/NAME, on PATH. A change
# there makes it anew.
keep_go() {
    local name module=$go_programs/$1
    name=$1-$2-$({ cat "$module/go.mod" && cat "$module"/*.go 2>/dev/null || :; } | cksum | cut -d ' ' -f 1)
    if [ ! -d "$cache/$name" ]; then want_go "$1"; fi
    keep "$name" "building $1 $2 ($3)" "$4"
    PATH=$kept/bin:$PATH
}

# go_build FOLDER NAME "LINKER FLAGS" [FLAG...]: NAME's tools, in FOLDER/bin. Without cgo there is no need
# for a C compiler, and host names are looked up in /etc/hosts, whatever nsswitch.conf says.
go_build() {
    local folder=$1 name=$2 link=$3
    shift 3
    cd "$go_programs/$name"
    GOFLAGS='' GOWORK=off CGO_ENABLED=0 \
        go build -v -mod=readonly -buildvcs=false -trimpath -ldflags "-s -w $link" "$@" -o "$folder/bin/" tool
}

# go_share FOLDER NAME MODULE PATH...: files of a MODULE of NAME's, under their own paths in FOLDER/share.
go_share() {
    local share=$1/share module path
    # Go names no folder of a module that it has not fetched.
    (cd "$go_programs/$2" && GOFLAGS='' GOWORK=off go mod download "$3")
    module=$(cd "$go_programs/$2" && GOFLAGS='' GOWORK=off go list -mod=readonly -m -f '{{.Dir}}' "$3")
    shift 3
    for path; do
        mkdir -p "$(dirname "$share/$path")"
        cp -R "$module/$path" "$share/$path"
    done
    chmod -R u+w "$share" # unlike Go's module cache
}

# want_go NAME: the Go that NAME's go.mod asks for. From 1.21 on, an older Go fetches that from the module
# proxy by itself, unless GOTOOLCHAIN forbids it.
want_go() {
    local name=$1 wanted found
    wanted=$(sed -n 's/^go //p' "$go_programs/$name/go.mod")
    go_suits() { (cd "$go_programs/$name" && GOFLAGS='' GOWORK=off GOTOOLCHAIN=$1 go list -m); }
    if go_suits local >/dev/null 2>&1; then return; fi
    found=$(cd / && GOTOOLCHAIN=local go version 2>/dev/null | sed -E 's/^go version go([^ ]+).*/\1/' || :)
    case $(cd / && go env GOTOOLCHAIN 2>/dev/null || :) in
        auto*)
            say "fetching Go $wanted (up to 2 minutes)"
            if within 300 go_suits auto; then return; fi
            ;;
    esac
    fail "need Go $wanted or newer for the lab, found ${found:-none}: install it from https://go.dev/dl, then run make again"
}
