# Sums the checks up.
summary() {
  printf '\n%s passed, %s failed\n' "${PASSED}" "${FAILED}"
  [ "${FAILED}" -eq 0 ]
}
