#!/usr/bin/env bash
# archive.sh ARCHIVE NAME CONFIG LAYER…: makes an archive as "docker save" does, which needs neither a daemon nor a registry.
# NAME is name:tag, CONFIG the "config" object of an image in JSON, each LAYER a directory or a tar file, lowest first.
# Files of a directory belong to root and keep their modes; the same files give the same layer.
set -euo pipefail

archive=$1 name=$2 config=$3
shift 3
work=$(mktemp -d "$archive.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
digest() { sha256sum "$1" | cut -d' ' -f1; }

case $(uname -m) in x86_64) architecture=amd64 ;; aarch64) architecture=arm64 ;; *) architecture=$(uname -m) ;; esac
digests='' layers=''
for layer; do
  if [[ -d $layer ]]; then
    tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=posix \
      --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime --file "$work/layer.tar" --directory "$layer" .
  else
    cp "$layer" "$work/layer.tar"
  fi
  hash=$(digest "$work/layer.tar")
  mkdir -p "$work/$hash"
  mv "$work/layer.tar" "$work/$hash/layer.tar"
  digests+="${digests:+, }\"sha256:$hash\"" layers+="${layers:+, }\"$hash/layer.tar\""
done
printf '{"architecture": "%s", "os": "linux", "config": %s, "rootfs": {"type": "layers", "diff_ids": [%s]}}' \
  "$architecture" "$config" "$digests" >"$work/config.json"
hash=$(digest "$work/config.json")
mv "$work/config.json" "$work/$hash.json"
printf '[{"Config": "%s.json", "RepoTags": ["%s"], "Layers": [%s]}]' "$hash" "$name" "$layers" >"$work/manifest.json"
tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --file "$archive" --directory "$work" .
