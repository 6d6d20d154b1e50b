#!/usr/bin/env bash
# operator.sh ARCHIVE NAME BASE: assembles the operator's image as the Dockerfile describes it, each COPY a layer, on a layer with
# a Java runtime (java.sh). Build the application first.
set -euo pipefail

archive=$(realpath -m -- "$1") name=$2 base=$(realpath -- "$3")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d "$archive.layers.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
umask 022

directive() { sed -nE "s/^$1 (.*)/\1/p" Dockerfile; }
fail() { echo "operator.sh: $*" >&2 && exit 1; }

home=$(directive WORKDIR)
layers=("$base")
while read -r mode from to; do
  [[ -e $from ]] || fail "$from is missing: make build"
  layer=$work/${#layers[@]}
  mkdir -p "$layer$home"
  if [[ -d $from ]]; then cp -R "$from/." "$layer$home/${to%/}"; else cp "$from" "$layer$home/$to"; fi
  chmod -R "$mode" "$layer$home"/*
  layers+=("$layer")
done < <(sed -nE 's/^COPY --chmod=([0-7]+) (\S+) (\S+)$/\1 \2 \3/p' Dockerfile)
((${#layers[@]} - 1 == $(grep -c '^COPY' Dockerfile))) || fail "a COPY of the Dockerfile is not understood"

variable=$(directive ENV | sed -E 's/^([A-Z_]+)="(.*)"$/\1=\2/')
config=$(printf '{"Env": ["PATH=/opt/java/bin:/usr/bin:/bin", "%s"], "WorkingDir": "%s", "User": "%s", "Entrypoint": %s}' \
  "$variable" "$home" "$(directive USER)" "$(directive ENTRYPOINT)")
hack/image/archive.sh "$archive" "$name" "$config" "${layers[@]}"
