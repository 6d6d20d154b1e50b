#!/bin/sh
# The start script of the stand-in, called as the product's is called: runs the server, or with "stop" ends it and does not wait.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd)
if [ "${1:-}" = stop ]; then
  kill -TERM "$(cat "$home/wso2carbon.pid")"
  exit 0
fi
lib=$home/stand-in
# No -XX:TieredStopAtLevel=1: only the second compiler has fast RSA, and a client's connections are as many signatures.
# shellcheck disable=SC2086
java ${JVM_MEM_OPTS:--Xms256m -Xmx1024m} -Dsun.net.httpserver.nodelay=true -Dhttpclient.hostnameVerifier=Strict \
  -Dconfig-mapper.old="$lib/config-mapper/old" -Dconfig-mapper.new="$lib/config-mapper/new" \
  -cp "$lib/classes" com.wso2.apim.operator.standin.StandIn "$1" &
server=$!
echo "$server" >"$home/wso2carbon.pid"
code=0
wait "$server" || code=$?
exit "$code"
