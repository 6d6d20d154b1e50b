#!/usr/bin/env bash
# What GitOps tools make of our objects. See README.md.
set -euo pipefail

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
readonly sources cache=${XDG_CACHE_HOME:-$HOME/.cache}/apim-operator/gitops

usage() {
  cat <<USAGE
Usage: gitops.sh COMMAND
  verdicts [-argocd-cm FILE]  reads objects, JSON or YAML, and prints what kstatus and Argo CD's health check say of each
  crds                        prints the directories of modules that hold the CRDs of Argo CD, Flux and External Secrets
USAGE
}

verdicts() {
  local tool
  tool=$cache/$(cat "$sources"/*.go "$sources"/go.{mod,sum} | sha256sum | cut -c1-16)
  if [[ ! -x $tool ]]; then
    mkdir -p "$cache"
    go build -C "$sources" -trimpath -buildvcs=false -o "$tool.$$" . >&2
    mv "$tool.$$" "$tool"
  fi
  exec "$tool" "$@"
}

crds() { go mod download -C "$sources/crds" -json | sed -nE 's/^\t"Dir": "(.*)",?$/\1/p'; }

case ${1:-} in
  verdicts) verdicts "${@:2}" ;;
  crds) crds ;;
  *) usage >&2 && exit 2 ;;
esac
