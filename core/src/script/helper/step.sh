# Names the step that begins.
step() {
  STEP="step $1, on $2: $3"
  printf '\n==> %s\n' "${STEP}"
}
