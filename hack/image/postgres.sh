#!/usr/bin/env bash
# postgres.sh ARCHIVE NAME: assembles an image of this machine's PostgreSQL server (Debian's package "postgresql"), with the shell
# that BUSYBOX names. It keeps its data where it is told by PGDATA, makes what it needs on its first start, and has for each word of
# DATABASES, name:user:password, a database that belongs to that user.
set -euo pipefail

archive=$(realpath -m -- "$1") name=$2
binaries=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
version=$(basename "$(dirname "$binaries")")
[[ -x $binaries/postgres ]] || { echo "postgres.sh: Debian's package postgresql is not installed" >&2 && exit 1; }
root=$(mktemp -d "$archive.root.XXXXXX")
trap 'rm -rf -- "$root"' EXIT
umask 022

mkdir -p "$root"/{bin,etc,proc,sys,tmp,var/lib,usr/share/postgresql} "$root$binaries" "$root/usr/lib/postgresql/$version/lib"
cp "$binaries"/{initdb,postgres,psql,pg_ctl} "$root$binaries"
cp "/usr/lib/postgresql/$version/lib"/{plpgsql,dict_snowball}.so "$root/usr/lib/postgresql/$version/lib"
cp -RL "/usr/share/postgresql/$version" "$root/usr/share/postgresql"
mkdir "$root/usr/share/zoneinfo" # there must be one
rm -rf -- "$root/usr/share/postgresql/$version/man"
"$(dirname "${BASH_SOURCE[0]}")/libraries.sh" "$root" "$root$binaries"/* "$root/usr/lib/postgresql/$version/lib"/*.so
install -m 755 "$BUSYBOX" "$root/bin/busybox"
for applet in cat chmod echo grep ls mkdir rm sh sleep test true; do ln -s busybox "$root/bin/$applet"; done
printf 'root:x:0:0:root:/:/bin/sh\npostgres:x:10001:10001::/var/lib:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\npostgres:x:10001:\n' >"$root/etc/group"
cat >"$root/entrypoint.sh" <<'ENTRYPOINT'
#!/bin/sh
set -eu
if [ ! -e "$PGDATA/PG_VERSION" ]; then
  initdb --auth-local trust --auth-host scram-sha-256 --encoding UTF8 --locale C --no-sync >/dev/null
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  for database in $DATABASES; do
    rest=${database#*:}
    printf "CREATE USER %s PASSWORD '%s';\nCREATE DATABASE %s OWNER %s;\n" "${rest%%:*}" "${rest#*:}" "${database%%:*}" "${rest%%:*}"
  done >/tmp/databases.sql
  while read -r statement; do
    echo "$statement" | postgres --single -F -c log_timezone=GMT -c timezone=GMT postgres >/dev/null
  done </tmp/databases.sql
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/tmp -c fsync=off -c log_timezone=GMT -c timezone=GMT
ENTRYPOINT
chmod 755 "$root/entrypoint.sh"
chmod 1777 "$root/tmp"
config=$(printf '{"Env": ["PATH=%s:/bin", "PGDATA=/var/lib/postgresql/data"], "User": "10001:10001", "Entrypoint": ["/entrypoint.sh"]}' "$binaries")
"$(dirname "${BASH_SOURCE[0]}")/archive.sh" "$archive" "$name" "$config" "$root"
