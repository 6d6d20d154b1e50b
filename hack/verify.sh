#!/usr/bin/env bash
# Runs the command that it is given, "mvn verify", and ends the tests' control plane when they could not do so themselves.
# The exit code is that of the command.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

"$@" &
tests=$!

end_what_is_left() {
  local code=$? directory
  trap '' HUP INT TERM
  if kill -TERM "$tests" 2>/dev/null; then wait "$tests" || true; fi
  for directory in target/kube-test* target/kube-node; do
    [[ ! -e $directory ]] || KUBE_DIR=$directory hack/kube/kube.sh down || true
  done
  exit "$code"
}
trap end_what_is_left EXIT
trap 'exit 130' INT
trap 'exit 143' HUP TERM

wait "$tests"
