#!/usr/bin/env bash
# all.sh DIRECTORY VERSION: makes archives of all images of the real node's tests there: the operator's, the stand-in's of both tiers
# in that version of the product, and PostgreSQL's. Needs "mvn package" and, for the stand-in, compiled tests.
set -euo pipefail

mkdir -p "$1"
directory=$(realpath -- "$1") version=$2
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
BUSYBOX=$(hack/kube/kube.sh packages)/bin/busybox
export BUSYBOX

# The runtime is the slow part, and the same until a script or the JDK is another.
java=$directory/java-$({ cat hack/image/{java,libraries}.sh && "${JAVA_HOME:+$JAVA_HOME/bin/}java" -version; } 2>&1 | sha256sum | cut -c1-8).tar
if [[ ! -e $java ]]; then
  rm -f -- "$directory"/java-*.tar
  hack/image/java.sh "$java"
fi
hack/image/operator.sh "$directory/operator.tar" apim-operator:0.1.0 "$java"
hack/standin/image.sh "$directory/all-in-one.tar" "wso2/wso2am:$version" "$java" "$version" ALL_IN_ONE
case $version in
  4.[234].*) ;;
  *) hack/standin/image.sh "$directory/traffic-manager.tar" "wso2/wso2am-tm:$version" "$java" "$version" TRAFFIC_MANAGER ;;
esac
hack/image/postgres.sh "$directory/postgres.tar" localhost/postgres:node
