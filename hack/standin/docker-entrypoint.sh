#!/bin/sh
# Entry point of the stand-in: what those of the product's images do with a configuration volume, a profile and signals.
set -eu
home=${WSO2_SERVER_HOME:?}
volume=${WORKING_DIRECTORY:?}/wso2-config-volume
artifacts=$WORKING_DIRECTORY/wso2-artifact-volume

# Up to 4.4 a profile replaces the configuration, before the volume is copied.
role=${STANDIN_ROLE:?}
case ${PROFILE_NAME:-} in
  '') ;;
  traffic-manager) role=TRAFFIC_MANAGER && rm -f "$home/repository/conf/deployment.toml" ;;
  *) echo "unknown profile $PROFILE_NAME" >&2 && exit 1 ;;
esac
if [ -d "$volume" ]; then cp -RL "$volume"/* "$home"/; fi
if [ -d "$artifacts" ]; then cp -RL "$artifacts"/* "$home"/; fi

case ${STANDIN_VERSION:?} in
  4.7.*) # the only ones that hand a signal on
    "$home/bin/${STANDIN_SCRIPT:?}" "$role" &
    trap '"$home/bin/$STANDIN_SCRIPT" stop' TERM INT
    wait $! || wait $!
    ;;
  *) "$home/bin/${STANDIN_SCRIPT:?}" "$role" ;;
esac
