#!/usr/bin/env bash
# full.sh [SEED]: all that the lab can do, and docs/lab.md from what came of it. A new seed unless one is given.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seed=${1:-$(date +%s)}
reports=target/lab-reports
lab() { cargo run --locked --quiet --package meshwright-lab -- "$@"; }

rm -rf "$reports"
mkdir -p "$reports"
status=0
cargo test --locked --package meshwright-lab --test leaves_nothing -- --include-ignored || status=1
lab run --jobs 2 --all --random 20 --seed "$seed" --report "$reports/runs.jsonl" || status=1
lab mutate --jobs 2 --all --report "$reports/mutations.jsonl" || status=1
lab page --runs "$reports/runs.jsonl" --mutations "$reports/mutations.jsonl" --seed "$seed" docs/lab.md
exit "$status"
