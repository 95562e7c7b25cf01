# Stops unless a program is on the path.
require_tool() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is not installed: it is needed for what follows"
}
