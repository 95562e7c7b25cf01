# Says what is wrong and what to do, and stops.
die() {
  printf 'error: %s\n' "$@" >&2
  exit 1
}
