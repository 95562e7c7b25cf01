# At the end, whatever the end: says where the script stopped and what to do.
STEP='the preparations'
finish() {
  local status=$?
  if [ "${status}" -ne 0 ]; then
    printf '\nstopped at %s\nMend what it says above and run this script again: it goes on where it has to.\n' "${STEP}" >&2
  fi
}
trap finish EXIT
