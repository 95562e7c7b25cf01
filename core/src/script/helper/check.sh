# Runs one check, says how it went and, where it failed, what the likely cause is.
PASSED=0
FAILED=0
check() {
  local title=$1 hint=$2 said
  shift 2
  if said="$("$@" 2>&1)"; then
    PASSED=$((PASSED + 1))
    printf 'ok    %s\n' "${title}"
  else
    FAILED=$((FAILED + 1))
    printf 'FAIL  %s\n' "${title}"
    [ -z "${said}" ] || printf '%s\n' "${said}" | sed 's/^/      | /'
    printf '      %s\n' "${hint}"
  fi
}
