#!/usr/bin/env bash
# Tries kube.sh on instances of its own in a temporary directory. Takes about a minute once the tools are built.
# "test.sh node" tries "up --node" instead, where that can run, and that it refuses with a reason where it cannot.
set -uo pipefail

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
kube=$sources/kube.sh
scratch=$(mktemp -d)
tools=$("$kube" bin) || exit 1
readonly sources kube scratch tools
export KUBE_DIR=$scratch/first KUBECONFIG=$scratch/first/kubeconfig KUBECACHEDIR=$scratch/kubectl

clean_up() {
  local directory
  for directory in "$scratch"/*/; do KUBE_DIR=$directory "$kube" down 2>/dev/null; done
  rm -rf -- "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# ---- checking

passed=0 failed=0
check() {
  local description=$1
  shift
  if "$@" >"$scratch/output" 2>&1; then
    passed=$((passed + 1))
    printf 'ok    %s\n' "$description"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$description"
    sed 's/^/      /' "$scratch/output"
  fi
}

report() { printf '%d passed, %d failed, %d s\n' "$passed" "$failed" "$SECONDS"; }

within() {
  local deadline=$((SECONDS + $1)) output
  shift
  until output=$("$@" 2>&1); do
    if ((SECONDS >= deadline)); then
      echo "$output"
      return 1
    fi
    sleep 0.2
  done
}

is() {
  echo "$1 (expected: $2)"
  [[ $1 == "$2" ]]
}

not() { ! "$@"; }

kubectl() { "$tools/kubectl" --request-timeout 10s "$@"; }

get() { kubectl get "$1" "$2" -n "${4:-trial}" -o "jsonpath=$3"; }

field_is() { is "$(get "$1" "$2" "$3")" "$4"; }

# phase, condition Ready, then of the first container: ready, started, restarts, why it waits
pod_is() {
  local path='{.status.phase} {.status.conditions[?(@.type=="Ready")].status}'
  path+=' {.status.containerStatuses[0].ready} {.status.containerStatuses[0].started}'
  path+=' {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].state.waiting.reason}'
  field_is pod "$1" "$path" "$2"
}

readonly ready='Running True true true 0 '
readonly held='Running False false true 0 '
readonly created='Pending False false false 0 ContainerCreating'
readonly crashed='Running False false false 1 CrashLoopBackOff'
readonly back_from_crash='Running True true true 1 '
readonly completed='Succeeded False false false 0 '
readonly not_pulled='Pending False false false 0 ImagePullBackOff'

processes_in() {
  local path command
  for path in /proc/[0-9]*; do
    { mapfile -d '' command <"$path/cmdline"; } 2>/dev/null || continue
    [[ ${command[*]} != *"$1/"* ]] || echo "${path##*/} ${command[*]}"
  done
}

nothing_is_left_of() {
  processes_in "$1"
  ls -d "$1" 2>/dev/null
  [[ -z $(processes_in "$1") && ! -e $1 ]]
}

# ---- objects

restricted_pod() {
  local image=${1:-stand-in:1} environment=${2:-}
  cat <<SPEC
securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
containers:
  - name: stand-in
    image: $image
    env: [$environment]
    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
SPEC
}

indented() { sed "s/^/$1/"; }

pod() {
  local name=$1 annotations=$2 image=${3:-} environment=${4:-}
  cat <<POD
---
apiVersion: v1
kind: Pod
metadata: {name: $name, annotations: {$annotations}}
spec:
$(restricted_pod "$image" "$environment" | indented '  ')
POD
}

stateful_set() {
  local environment=${1:-} partition=${2:-0}
  cat <<SET
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: web
  replicas: 2
  podManagementPolicy: Parallel
  minReadySeconds: 3
  updateStrategy: {rollingUpdate: {partition: $partition}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
$(restricted_pod "" "$environment" | indented '      ')
      initContainers:
        - name: prepare
          image: stand-in:1
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
SET
}

apply() { kubectl apply -n trial -f -; }

annotate() { kubectl annotate -n trial pod "$@"; }

# ---- the cases

comes_up() {
  local output
  output=$("$kube" up) || return 1
  echo "$output"
  [[ $output == "export KUBECONFIG='$KUBECONFIG' # Kubernetes v"*", ready in "* ]] && "$kube" status
}

second_up_changes_nothing() {
  local before
  before=$(cat "$KUBE_DIR"/pid/*)
  [[ $("$kube" up) == *"already up" ]] && is "$(cat "$KUBE_DIR"/pid/*)" "$before"
}

start_cases() {
  check "up" comes_up
  if ((failed)); then
    report
    exit 1
  fi
  check "a second up changes nothing" second_up_changes_nothing
  check "the kubeconfig is its owner's alone" is "$(stat -c %a "$KUBECONFIG")" 600
  check "kubeconfig prints its path" is "$("$kube" kubeconfig)" "$KUBECONFIG"
  check "three nodes in three zones" is "$(kubectl get nodes -o \
    'jsonpath={range .items[*]}{.metadata.name}={.metadata.labels.topology\.kubernetes\.io/zone} {end}')" \
    "node-0=a node-1=b node-2=c "
  check "room on a node" is "$(get node node-0 '{.status.allocatable.cpu} {.status.allocatable.memory} {.status.allocatable.pods}')" \
    "32 256Gi 110"
  kubectl create namespace trial >/dev/null
  kubectl label namespace trial pod-security.kubernetes.io/enforce=restricted >/dev/null
}

ready_but_not_yet_available() { is "$(get statefulset web '{.status.readyReplicas} {.status.availableReplicas}')" "2 0"; }

available_is() { field_is statefulset web '{.status.readyReplicas} {.status.availableReplicas}' "$1"; }

stateful_set_cases() {
  check "PodSecurity refuses a pod that is not restricted" not kubectl run -n trial --image stand-in:1 unrestricted
  stateful_set | apply >/dev/null
  check "the pods of a StatefulSet become Ready" within 15 ready_but_not_yet_available
  check "and available after minReadySeconds" within 10 available_is "2 2"
  check "init containers ended well" field_is pod web-0 \
    '{.status.initContainerStatuses[*].state.terminated.exitCode}{.status.conditions[?(@.type=="Initialized")].status}' 0True
  check "a pod has address, start and time of readiness" not field_is pod web-0 \
    '{.status.podIP}{.status.startTime}{.status.conditions[?(@.type=="Ready")].lastTransitionTime}' ""
}

hold_cases() {
  annotate web-0 pod.kube.test/hold=true >/dev/null
  check "a Ready pod is held" within 5 pod_is web-0 "$held"
  check "which its StatefulSet counts" within 5 available_is "1 1"
  annotate web-0 pod.kube.test/hold- >/dev/null
  check "and let go" within 5 pod_is web-0 "$ready"
  check "and is available after minReadySeconds" within 10 available_is "2 2"
}

crash_cases() {
  annotate web-1 pod.kube.test/crash=true >/dev/null
  check "a container crashes" within 5 pod_is web-1 "$crashed"
  check "and says how" field_is pod web-1 '{.status.containerStatuses[0].lastState.terminated.exitCode} {.status.containerStatuses[0].lastState.terminated.message}' \
    "1 stand-in crash"
  annotate web-1 pod.kube.test/crash- >/dev/null
  check "and runs again" within 5 pod_is web-1 "$back_from_crash"
}

revision_cases() {
  check "and its StatefulSet is available again" within 10 available_is "2 2"
  stateful_set "{name: KUBE_TEST_HOLD, value: 'true'}" 1 | apply >/dev/null
  check "a new revision is held before it is Ready" within 10 pod_is web-1 "$held"
  check "while the old one stays Ready" pod_is web-0 "$ready"
  stateful_set "" 1 | apply >/dev/null
  check "and is replaced by the old one" within 15 pod_is web-1 "$ready"
}

old_pod_is_gone() { [[ $(get pod web-0 '{.metadata.uid}' 2>/dev/null) != "$1" ]]; }

ended_within_two_seconds() {
  local uid begin=${EPOCHREALTIME/[.,]/}
  uid=$(get pod web-0 '{.metadata.uid}')
  kubectl delete pod -n trial web-0 --wait=false
  within 5 old_pod_is_gone "$uid" && ((${EPOCHREALTIME/[.,]/} - begin < 2000000))
}

# A finalizer leaves time to see whether a second deletion follows the first.
ended_once() {
  pod kept "" | sed 's|{name: kept,|& finalizers: [kube.test/keep],|' | apply >/dev/null
  within 10 pod_is kept "$ready" && kubectl delete pod -n trial kept --wait=false >/dev/null && sleep 2
  kubectl patch pod -n trial kept --type merge -p '{"metadata":{"finalizers":null}}' >/dev/null
  is "$(logged kwok delete pods | grep -c '"name":"kept"')" 1
}

node_of_web_0() { get pod web-0 '{.spec.nodeName}'; }

evicted_from() { [[ $(node_of_web_0 2>/dev/null) ]] && [[ $(node_of_web_0) != "$1" ]]; }

end_cases() {
  local node
  check "a deleted pod ends before its grace period" ended_within_two_seconds
  check "and comes back" within 10 pod_is web-0 "$ready"
  check "what ends a pod does so once: the next of its name is left alone" ended_once
  node=$(node_of_web_0)
  check "a node is drained" kubectl drain "$node" --force --ignore-daemonsets
  check "and its pod comes back on another" within 10 evicted_from "$node"
  kubectl uncordon "$node" >/dev/null
  check "and becomes Ready there" within 10 pod_is web-0 "$ready"
}

make_single_pods() {
  {
    pod plain ""
    pod slow "pod.kube.test/start-delay: 5s"
    pod held "pod.kube.test/hold: 'true'"
    pod held-late "pod.kube.test/start-delay: 3s"
    pod held-by-variable "" "" "{name: OTHER, value: x}, {name: KUBE_TEST_HOLD, value: 'true'}"
    pod not-held "" "" "{name: KUBE_TEST_HOLD, value: 'false'}"
    pod crashed-by-variable "" "" "{name: KUBE_TEST_CRASH, value: 'true'}"
    pod not-pulled "" stand-in:does-not-exist
    pod completed "pod.kube.test/complete: 'true'"
  } | apply >/dev/null
  within 5 pod_is held-late "$created" >/dev/null
  annotate held-late pod.kube.test/hold=true >/dev/null
}

single_pod_cases() {
  make_single_pods
  check "a pod becomes Ready" within 5 pod_is plain "$ready"
  check "one with a longer delay has not yet" pod_is slow "$created"
  check "but does in time" within 8 pod_is slow "$ready"
  check "a held pod never does" pod_is held "$held"
  check "nor one that was held while it started" pod_is held-late "$held"
  check "nor one held by its environment" pod_is held-by-variable "$held"
  check "a variable of another value holds nothing" pod_is not-held "$ready"
  check "a container crashes by its environment" pod_is crashed-by-variable "$crashed"
  check "an image that does not exist is not pulled" pod_is not-pulled "$not_pulled"
  check "and is named" field_is pod not-pulled '{.status.containerStatuses[0].state.waiting.message}' \
    "image stand-in:does-not-exist does not exist"
  check "a pod ends well" within 5 pod_is completed "$completed"
  check "with exit code 0" field_is pod completed '{.status.containerStatuses[0].state.terminated.exitCode}' 0
  annotate plain pod.kube.test/complete=true >/dev/null
  check "a Ready one too" within 5 pod_is plain "$completed"
  annotate plain pod.kube.test/complete- >/dev/null
  annotate held pod.kube.test/hold- >/dev/null
  check "a pod held from its start is let go" within 5 pod_is held "$ready"
  check "one that ended has not come back" pod_is plain "$completed"
}

with_token() {
  kubectl --kubeconfig /dev/null --server "https://127.0.0.1:$(<"$KUBE_DIR/config/port")" \
    --certificate-authority "$KUBE_DIR/data/certs/apiserver.crt" --token "$token" -n trial "$@"
}

logged() { grep "\"username\":\"$1\"" "$KUBE_DIR/audit.log" | grep "\"verb\":\"$2\"" | grep "\"resource\":\"$3\""; }

identity_cases() {
  local user=system:serviceaccount:trial:writer
  kubectl create serviceaccount -n trial writer >/dev/null
  kubectl create role -n trial writer --verb create,get --resource configmaps >/dev/null
  kubectl create rolebinding -n trial writer --role writer --serviceaccount trial:writer >/dev/null
  token=$(kubectl create token -n trial writer)
  check "a ServiceAccount's token is accepted" with_token create configmap written
  check "and may read what its role allows" with_token get configmap written
  check "and nothing else" not with_token get secrets
  check "its write is in the audit log" logged "$user" create configmaps
  check "its reads are" logged "$user" get configmaps
  check "a refused one is" logged "$user" list secrets
  check "the control plane's own reads are not" is "$(grep -cE '"verb":"(get|list|watch)"' "$KUBE_DIR/audit.log")" \
    "$(grep -E '"verb":"(get|list|watch)"' "$KUBE_DIR/audit.log" | grep -c "$user")"
}

# The pod is already bound: node-3 never takes part in scheduling.
lose_node() {
  sed 's/node-0/node-3/; s/10.244.0/10.244.3/' < <(sed '/^---/,$d' "$sources/nodes.yaml") | kubectl create -f -
  pod on-lost-node "" | sed 's/^spec:/&\n  nodeName: node-3/' | apply
  within 10 pod_is on-lost-node "$ready"
  kubectl delete node node-3
}

pod_is_gone() { [[ -z $(kubectl get pod -n trial "$1" --ignore-not-found -o name) ]]; }

lives_next_to_another() {
  local second=$scratch/second
  KUBE_DIR=$second "$kube" up || return 1
  KUBE_DIR=$second "$kube" status && "$kube" status || return 1
  [[ -z $(kubectl --kubeconfig "$second/kubeconfig" get namespace trial --ignore-not-found -o name) ]] || return 1
  KUBE_DIR=$second "$kube" down && nothing_is_left_of "$second"
}

comes_up_anew() {
  local old
  old=$(<"$KUBE_DIR/pid/kube-apiserver")
  kill -KILL "$(<"$KUBE_DIR/pid/etcd")"
  within 5 not "$kube" status || return 1
  "$kube" up && "$kube" status && [[ $(<"$KUBE_DIR/pid/kube-apiserver") != "$old" && ! -e /proc/$old ]]
}

goes_down() { "$kube" down && nothing_is_left_of "$KUBE_DIR"; }

ends_after_its_directory_was_removed() {
  local directory=$scratch/removed
  KUBE_DIR=$directory "$kube" up || return 1
  rm -rf -- "$directory"
  KUBE_DIR=$directory "$kube" down && within 5 nothing_is_left_of "$directory"
}

is_interrupted() {
  local signal=$1 component=$2 directory=$scratch/interrupted process status
  set -m # without job control a background command ignores SIGINT
  KUBE_DIR=$directory "$kube" up &
  process=$!
  set +m
  within 30 test -e "$directory/pid/$component"
  kill -"$signal" "$process"
  wait "$process"
  status=$?
  echo "exit status $status"
  ((status > 128)) && nothing_is_left_of "$directory"
}

keeps_what_it_did_not_make() {
  mkdir -p "$scratch/foreign/config"
  not env KUBE_DIR="$scratch/foreign" "$kube" up && KUBE_DIR=$scratch/foreign "$kube" down &&
    [[ -d $scratch/foreign/config ]]
}

fails_without_traces() {
  local directory=$scratch/failing process
  KUBE_DIR=$directory "$kube" up &
  process=$!
  within 30 test -e "$directory/pid/kube-apiserver"
  kill -KILL "$(<"$directory/pid/etcd")"
  not wait "$process" && nothing_is_left_of "$directory"
}

start_together() {
  local directory=$scratch/together first second
  KUBE_DIR=$directory "$kube" up >"$scratch/first-output" &
  first=$!
  KUBE_DIR=$directory "$kube" up >"$scratch/second-output" &
  second=$!
  wait "$first" && wait "$second" || return 1
  is "$(grep -ho 'ready in\|already up' "$scratch"/{first,second}-output | sort | tr '\n' ,)" "already up,ready in," &&
    KUBE_DIR=$directory "$kube" down && nothing_is_left_of "$directory"
}

instance_cases() {
  check "two instances live side by side" lives_next_to_another
  check "two ups at once start one instance" start_together
  check "an instance without its directory is ended" ends_after_its_directory_was_removed
  check "SIGINT after etcd leaves nothing" is_interrupted INT etcd
  check "SIGINT after kube-apiserver leaves nothing" is_interrupted INT kube-apiserver
  check "SIGTERM after kwok leaves nothing" is_interrupted TERM kwok
  check "an up that fails leaves nothing" fails_without_traces
  check "a directory of somebody else's is left alone" keeps_what_it_did_not_make
}

down_cases() {
  check "what is left of a broken instance gives way to a new one" comes_up_anew
  check "down leaves nothing" goes_down
  check "a second down has nothing to do" "$kube" down
  check "status fails then" not "$kube" status
}

# ---- the cases of a real node, apart: "test.sh node"

# What it says last, and that it fails.
refuses() {
  local sentence=$1 output
  shift
  output=$("$@" 2>&1) && return 1
  is "${output##*$'\n'}" "kube.sh: $sentence"
}

without_packages() {
  mkdir -p "$scratch/bin"
  printf '#!/bin/sh\nexit 100\n' >"$scratch/bin/apt-get"
  chmod 755 "$scratch/bin/apt-get"
  XDG_CACHE_HOME=$scratch/cache PATH=$scratch/bin:$PATH "$kube" node-check
}

# $0 is the script
without_cgroups() { unshare --mount bash -c 'mount -t tmpfs -o ro none /sys/fs/cgroup && exec "$0" node-check' "$kube"; }

refusal_cases() {
  check "no node without root" refuses "a real node needs root" setpriv --reuid 65534 --regid 65534 --clear-groups "$kube" node-check
  check "no node without rights" refuses "a real node needs the right to make namespaces and to mount" \
    setpriv --bounding-set -sys_admin --inh-caps -sys_admin "$kube" node-check
  check "no node without cgroups" refuses "a real node needs cgroups that it may write" without_cgroups
  check "no node without runc and CNI plugins" refuses "a real node needs Debian packages that cannot be had: $(. "$sources/node.sh" && echo "${node_packages[*]}")" \
    without_packages
}

# Of the machine, as far as a node could change it.
machine() {
  ip -o link | cut -d: -f2
  ip route
  cut -d' ' -f5 /proc/self/mountinfo
  find /sys/fs/cgroup -maxdepth 2 -name 'apim-kube*'
  ! command -v nft >/dev/null || nft list tables
}

as_before() {
  nothing_is_left_of "$KUBE_DIR" && diff "$scratch/machine" <(machine)
}

node_runs() { "$kube" status && [[ $(kubectl get nodes -o name) == node/node-0 ]]; }

# With a container, whose own processes and mounts are of the node.
a_container_runs() {
  kubectl create namespace trial
  within 20 pod_of_pause && within 60 field_is pod pause '{.status.phase}' Running
}

pod_of_pause() { kubectl run -n trial pause --image localhost/pause:1 --image-pull-policy Never; }

# The script itself dies at that moment, and then somebody says "down".
dies_when() {
  local moment=$1 process
  "$kube" up --node &
  process=$!
  within 120 test -e "$KUBE_DIR/$moment" || return 1
  kill -KILL "$process"
  wait "$process"
  "$kube" down && within 10 as_before
}

ends_with() {
  local name=$1 pid
  pid=$(pgrep -f "/$name .*$KUBE_DIR/" | head -n 1)
  kill -KILL "$pid" && within 10 not "$kube" status
}

node_cases() {
  machine >"$scratch/machine"
  check "the script dies as soon as there are namespaces" dies_when pid/node
  check "the script dies when the node is about to start" dies_when config/node
  check "the script dies when containerd runs" dies_when node/containerd/io.containerd.metadata.v1.bolt/meta.db
  check "a node comes up" "$kube" up --node
  check "and runs" node_runs
  check "and a container" a_container_runs
  check "the kubelet dies, and the node with it" ends_with kubelet
  check "a new one takes its place" "$kube" up --node
  check "and runs too" node_runs
  check "with a container" a_container_runs
  check "down leaves nothing" "$kube" down
  check "of the machine's" within 10 as_before
}

if [[ ${1:-} == node ]]; then
  refusal_cases
  if "$kube" node-check; then node_cases; fi
  report
  exit $((failed > 0))
fi

start_cases
lose_node >/dev/null 2>&1
lost_at=$SECONDS
stateful_set_cases
hold_cases
crash_cases
revision_cases
end_cases
single_pod_cases
identity_cases
instance_cases
check "a pod goes with its node" within $((lost_at + 100 - SECONDS)) pod_is_gone on-lost-node
down_cases
report
((failed == 0))
