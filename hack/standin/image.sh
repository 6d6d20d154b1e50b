#!/usr/bin/env bash
# image.sh ARCHIVE NAME BASE VERSION ROLE: assembles an image of the stand-in with the user, the paths and the variables of the
# product's image of that version; ROLE is ALL_IN_ONE or TRAFFIC_MANAGER. On a layer with a Java runtime (hack/image/java.sh), out of
# the compiled tests and the config-mappers in target/ (make build does not make them: "mvn test-compile" does).
set -euo pipefail

archive=$(realpath -m -- "$1") name=$2 base=$(realpath -- "$3") version=$4 role=$5
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d "$archive.layers.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
umask 022

user=10001 distribution=wso2am script=api-manager.sh
case $version in
  4.2.*) user=802 ;;
  4.3.* | 4.4.*) ;;
  *) [[ $role == ALL_IN_ONE ]] || { distribution=wso2am-tm && script=traffic-manager.sh; } ;;
esac

working=/home/wso2carbon
home=$working/$distribution-$version
root=$work/root
mkdir -p "$root$home"/{bin,repository/{conf,components/lib,resources/security},stand-in/config-mapper}
install -m 755 hack/standin/docker-entrypoint.sh "$root$working/docker-entrypoint.sh"
install -m 755 hack/standin/server.sh "$root$home/bin/$script"
# What the images ship and the volume replaces: a server that still has it was not configured.
printf '[server]\nhostname = "localhost"\n' >"$root$home/repository/conf/deployment.toml"
mappers=(target/config-mapper/*/)
((${#mappers[@]} == 2)) || { echo "image.sh: target/config-mapper has not two versions" >&2 && exit 1; }
cp -R "${mappers[0]}" "$root$home/stand-in/config-mapper/old"
cp -R "${mappers[1]}" "$root$home/stand-in/config-mapper/new"
for package in standin support; do
  mkdir -p "$root$home/stand-in/classes/com/wso2/apim/operator/$package"
  cp -R "target/test-classes/com/wso2/apim/operator/$package/." "$root$home/stand-in/classes/com/wso2/apim/operator/$package"
done
# busybox asks for the user's name where it prints one, and for nothing else
mkdir -p "$root/etc"
printf 'root:x:0:0:root:/:/bin/sh\nwso2carbon:x:%s:%s::%s:/bin/sh\n' "$user" "$user" "$working" >"$root/etc/passwd"

tar --create --sort=name --mtime=@0 --owner="$user" --group="$user" --numeric-owner --file "$work/home.tar" --directory "$root" home etc
config=$(printf '{"Env": ["PATH=/opt/java/bin:/usr/bin:/bin", "WORKING_DIRECTORY=%s", "WSO2_SERVER_HOME=%s", "LC_ALL=C.UTF-8",
  "STANDIN_VERSION=%s", "STANDIN_ROLE=%s", "STANDIN_SCRIPT=%s"], "WorkingDir": "%s", "User": "%s", "Entrypoint": ["%s/docker-entrypoint.sh"]}' \
  "$working" "$home" "$version" "$role" "$script" "$working" "wso2carbon" "$working")
hack/image/archive.sh "$archive" "$name" "$config" "$base" "$work/home.tar"
