#!/usr/bin/env bash
# libraries.sh ROOT BINARY…: copies the shared libraries of this machine that binaries need, and the loader, into a file tree, where
# the binaries look for them. What they find in the tree itself stays.
set -euo pipefail

root=$1
shift
ldd "$@" 2>/dev/null | sed -nE 's|.* => (/[^ ]+) .*|\1|p; s|^\s(/[^ ]+) .*|\1|p' | sort -u | grep -v "^$root" |
  while read -r library; do
    mkdir -p "$root$(dirname "$library")"
    cp -L "$library" "$root$library"
  done
