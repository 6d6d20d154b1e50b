#!/usr/bin/env bash
# Measures what a roll of all four nodes takes beyond what the nodes themselves need to stop and to start. See README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

readonly start_seconds=${1:-60} stay_ready_seconds=${2:-30}
readonly nodes="apim-tm-1 apim-tm-0 apim-aio-1 apim-aio-0"
# Four starts one after the other, and as much again for a machine that is busy.
readonly patience_seconds=$((2 * 4 * (start_seconds + stay_ready_seconds) + 120))
root=$(pwd -P)
scratch=$(mktemp -d)
readonly root scratch
export KUBECONFIG=$root/target/demo/kubeconfig

fail() {
  printf 'rollout.sh: %s\n' "$*" >&2
  exit 1
}

watcher=''
clean_up() {
  local code=$?
  trap '' HUP INT TERM
  [[ -z $watcher ]] || kill -- "-$watcher" 2>/dev/null || true
  hack/demo.sh down
  rm -rf -- "$scratch"
  exit "$code"
}

now() { echo $((${EPOCHREALTIME/[.,]/} / 1000)); }

# Every change of a pod, each line after the time at which it was seen, in milliseconds.
watch_pods() {
  : >"$scratch/pods"
  set -m
  (kubectl get pods -n wso2 --watch --no-headers -o "custom-columns=NAME:.metadata.name,UID:.metadata.uid,\
TOLD:.metadata.deletionTimestamp,READY:.status.conditions[?(@.type==\"Ready\")].status" |
    while read -r line; do echo "$(now) $line"; done >"$scratch/pods") &
  watcher=$!
  set +m
  until [[ $(wc -l <"$scratch/pods") -ge 4 ]]; do sleep 0.1; done
}

is_ready() {
  local generation observed ready
  read -r generation observed ready < <(kubectl get amc apim -n wso2 -o 'jsonpath={.metadata.generation} '\
'{.status.conditions[?(@.type=="Ready")].observedGeneration} {.status.conditions[?(@.type=="Ready")].status}{"\n"}')
  [[ $ready == True && $observed == "$generation" ]]
}

roll() {
  local deadline=$((SECONDS + patience_seconds))
  began=$(now)
  kubectl patch amc apim -n wso2 --type merge -p '{"spec":{"database":{"apim":{"pool":{"maxActive":80}}}}}'
  until is_ready; do
    ((SECONDS < deadline)) || fail "not Ready after $patience_seconds s"
    sleep 0.2
  done
  ended=$(now)
}

# First and only time after which a line of the watch is as told; of a pod's second incarnation if it must be new.
report() {
  awk -v began="$began" -v ended="$ended" -v nodes="$nodes" -v stay="$stay_ready_seconds" '
    !($2 in first) { first[$2] = $3 }
    $3 == first[$2] && $4 != "<none>" && !($2 in told) { told[$2] = $1 }
    $3 != first[$2] && !($2 in created) { created[$2] = $1 }
    $3 != first[$2] && $5 == "True" && !($2 in ready) { ready[$2] = $1 }
    function seconds(milliseconds) { return sprintf("%.1f", milliseconds / 1000) }
    END {
      count = split(nodes, node, " ")
      last = began
      printf "%-12s %10s %10s %10s\n", "node", "waited", "stopped", "started"
      for (i = 1; i <= count; i++) {
        name = node[i]
        if (!(name in ready)) { print name " was not replaced" > "/dev/stderr"; exit 1 }
        printf "%-12s %10s %10s %10s\n", name, seconds(told[name] - last), seconds(created[name] - told[name]), seconds(ready[name] - created[name])
        own += ready[name] - told[name]
        last = ready[name]
      }
      total = ended - began
      stays = (count - 1) * stay * 1000
      printf "\n%s s in all: nodes %s s, staying Ready %s s, until the resource is Ready %s s\n", seconds(total), seconds(own), seconds(stays), seconds(ended - last)
      printf "overhead %s s, %.1f %% of the whole\n", seconds(total - own - stays), 100 * (total - own - stays) / total
    }' "$scratch/pods"
}

trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
export PATH=$(hack/kube/kube.sh bin):$PATH
echo "a pod is Ready $start_seconds s after it was created; a node must stay Ready for $stay_ready_seconds s before the next one moves"
DEMO_POD_START_MILLISECONDS=$((start_seconds * 1000)) DEMO_STAY_READY_SECONDS=$stay_ready_seconds \
  DEMO_PATIENCE_SECONDS=$patience_seconds hack/demo.sh up >"$scratch/demo" || { cat "$scratch/demo"; fail "the deployment does not come up"; }
watch_pods
# What the first boot left in the air is none of the roll's time.
sleep "$stay_ready_seconds"
roll >/dev/null
report
