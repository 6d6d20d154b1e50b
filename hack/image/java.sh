#!/usr/bin/env bash
# java.sh LAYER: makes a tar of a file tree with a Java runtime and a shell, the lowest layer of images that are assembled without
# a daemon and without a registry. The runtime is linked from the JDK of JAVA_HOME, or of "java"; the C library is this machine's;
# the shell is the busybox that the variable BUSYBOX names, which must be static. Nobody's files but root's, all of them readable.
set -euo pipefail

layer=$(realpath -m -- "$1")
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
# What an application of this project, the product's mapper and JDBC drivers use.
modules=java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs
applets=(awk basename cat chmod cp cut date dirname echo env false find grep head hostname id kill ln ls mkdir mv nc printf ps pwd
  readlink rm sed sh sleep sort stat tail tee test touch tr true uname vi wc wget xargs)
readonly layer java_home modules applets

root=$(mktemp -d "$layer.XXXXXX")
trap 'rm -rf -- "$root"' EXIT
umask 022
mkdir -p "$root"/{bin,etc,home,opt,proc,sys,tmp,usr/bin}

"$java_home/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$root/opt/java"
# Nothing draws, and drawing would need half a desktop.
rm -f -- "$root"/opt/java/lib/lib{awt,awt_headless,awt_xawt,fontmanager,freetype,javajpeg,jawt,lcms,mlib_image,jsound,splashscreen}.so
# Debian's JDK has its certificates elsewhere.
rm -f -- "$root/opt/java/lib/security/cacerts"
cp -L "$java_home/lib/security/cacerts" "$root/opt/java/lib/security/cacerts"
ln -s /opt/java/bin/java "$root/usr/bin/java"

mapfile -t binaries < <(find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/java' \))
"$(dirname "${BASH_SOURCE[0]}")/libraries.sh" "$root" "${binaries[@]}"

install -m 755 "$BUSYBOX" "$root/bin/busybox"
for applet in "${applets[@]}"; do ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"

chmod -R a+rX "$root"
chmod 1777 "$root/tmp"
tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --file "$layer.part" --directory "$root" .
mv "$layer.part" "$layer"
