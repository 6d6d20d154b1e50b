#!/usr/bin/env bash
# "make demo": the operator deploys examples/active-active on a control plane of its own, and this tells what happens.
# "make demo-down": ends both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$(pwd -P)
application=$root/target/quarkus-app/quarkus-run.jar
operator=$root/target/demo-operator # .kubeconfig, .log, .pid
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
began=${EPOCHREALTIME/[.,]/}
readonly root application operator java began
# Benches have nodes that start as slowly as real ones.
readonly pod_start_milliseconds=${DEMO_POD_START_MILLISECONDS:-4000} stay_ready_seconds=${DEMO_STAY_READY_SECONDS:-2}
readonly patience_seconds=${DEMO_PATIENCE_SECONDS:-180} stop_seconds=25
export KUBE_DIR=$root/target/demo KUBECONFIG=$root/target/demo/kubeconfig

say() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
  printf '%5d.%d s  %s\n' "$((tenths / 10))" "$((tenths % 10))" "$*"
}

title() { printf '\n%s\n' "$*"; }

fail() {
  say "FAILED: $*"
  exit 1
}

show_operator_log() {
  title "The end of $operator.log, without stack traces:"
  grep -vE '^\s+(at|\.\.\.) |^$' "$operator.log" | tail -n 15 || true
  echo
}

# ---- ending

# Process ids are used again: the process must also be, or be about to be, this very application.
is_operator() {
  local command=()
  { mapfile -d '' command <"/proc/$1/cmdline"; } 2>/dev/null || return 1
  [[ " ${command[*]} " == *" -jar $application "* ]]
}

end_operator() {
  local pid tenths
  { read -r pid <"$operator.pid"; } 2>/dev/null || return 0
  is_operator "$pid" || return 0
  kill -TERM "$pid"
  for ((tenths = 10 * stop_seconds; tenths > 0; tenths--)); do
    is_operator "$pid" || return 0
    sleep 0.1
  done
  kill -KILL "$pid"
}

end_all() {
  end_operator
  hack/kube/kube.sh down
  rm -f -- "$operator".{kubeconfig,log,pid}
}

# An interrupted demo leaves nothing; a failed one is left for a look.
on_exit() {
  local code=$?
  trap '' HUP INT TERM
  if ((code > 128)); then
    say "interrupted: ending everything"
    end_all
  elif ((code)) && [[ -e $KUBECONFIG ]]; then
    title "What runs is left for a look: export KUBECONFIG='$KUBECONFIG'"
    echo "make demo-down ends it."
  fi
}

end_demo_of_before() {
  if [[ -e $KUBE_DIR || -e $operator.pid ]]; then
    end_all
    say "the demo of before is ended"
  fi
}

# ---- starting

build() {
  tools=$(hack/kube/kube.sh bin)
  export PATH=$tools:$PATH
  make --silent build
  say "Kubernetes tools and operator are built"
}

start_control_plane() {
  KUBE_POD_START_MILLISECONDS=$pod_start_milliseconds hack/kube/kube.sh up >/dev/null
  say "control plane is ready: a real one, but its 3 nodes run no containers; a pod is Ready after $((pod_start_milliseconds / 1000)) s"
}

install_crd_and_rbac() {
  kubectl apply --server-side -k crds
  kubectl apply --server-side -f deploy/namespace.yaml -f deploy/rbac.yaml
  kubectl wait --for condition=Established --timeout 30s crd/apimanagerclusters.apim.wso2.com
}

# The operator may do what its pod might: what deploy/rbac.yaml gives to its ServiceAccount.
write_operator_kubeconfig() {
  local clusters token
  clusters=$(kubectl config view --raw -o 'jsonpath={.clusters}')
  token=$(kubectl create token apim-operator -n apim-operator --duration 8h)
  (umask 077 && cat >"$operator.kubeconfig") <<KUBECONFIG
apiVersion: v1
kind: Config
clusters: $clusters
users: [{name: operator, user: {token: "$token"}}]
contexts: [{name: operator, context: {cluster: kube, user: operator}}]
current-context: operator
KUBECONFIG
}

fail_if_operator_ended() {
  kill -0 "$operator_pid" 2>/dev/null && return
  show_operator_log
  fail "the operator has ended; the end of its log is above"
}

operator_leads() {
  [[ -n $(kubectl get lease apim-operator -n apim-operator -o 'jsonpath={.spec.holderIdentity}' 2>/dev/null) ]]
}

# Its environment is its own: a proxy or a cluster of the caller's must not get in the way. It outlives this script.
start_operator() {
  local deadline=$((SECONDS + patience_seconds))
  env -i PATH="$PATH" HOME="$HOME" KUBECONFIG="$operator.kubeconfig" \
    APIM_NAMESPACES=JOSDK_ALL_NAMESPACES APIM_LEADER_ELECTION_NAMESPACE=apim-operator APIM_MIN_READY_SECONDS="$stay_ready_seconds" \
    APIM_IMAGES_ALL_IN_ONE='wso2/wso2am:{version}' APIM_IMAGES_TRAFFIC_MANAGER='wso2/wso2am-tm:{version}' \
    APIM_IMAGES_JDBC_DRIVERS=apim-operator:0.1.0 \
    QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=0 \
    setsid "$java" -XX:TieredStopAtLevel=1 -jar "$application" </dev/null >"$operator.log" 2>&1 9<&- &
  operator_pid=$!
  echo "$operator_pid" >"$operator.pid"
  until operator_leads; do
    sleep 0.3
    fail_if_operator_ended
    ((SECONDS < deadline)) || { show_operator_log && fail "the operator does not work; the end of its log is above"; }
  done
  say "operator is started, with the rights that deploy/rbac.yaml gives it"
}

apply_example() {
  kubectl create namespace wso2
  kubectl label namespace wso2 pod-security.kubernetes.io/enforce=restricted
  kubectl apply -f examples/active-active/secrets.yaml -f examples/active-active/cr.yaml
}

# ---- telling

apim() { kubectl get apimanagercluster apim -n wso2 "$@"; }

# One value a line, in the order in which they are read.
readonly progress='{.metadata.generation}{"\n"}{.status.conditions[?(@.type=="Ready")].observedGeneration}{"\n"}'\
'{.status.conditions[?(@.type=="Ready")].status}{"\n"}{.status.conditions[?(@.type=="Reconciling")].message}{"\n"}'\
'{.status.nodes[?(@.ready==true)].pod}{"\n"}'

# Tells what the operator does and waits for, whenever that changes, until the resource as it is now is Ready.
follow() {
  local deadline=$((SECONDS + patience_seconds)) generation observed ready='' sentence told='' nodes node nodes_before=''
  until [[ $ready == True && $observed == "$generation" ]]; do
    ((SECONDS < deadline)) || fail_with_status
    sleep 0.3
    fail_if_operator_ended
    { read -r generation && read -r observed && read -r ready && read -r sentence && read -r nodes; } \
      < <(apim -o "jsonpath=$progress") || fail "the API server does not answer"
    for node in $nodes; do
      [[ " $nodes_before " == *" $node "* ]] || say "  $node is Ready"
    done
    [[ $sentence == "$told" ]] || say "$sentence"
    told=$sentence nodes_before=$nodes
  done
}

fail_with_status() {
  title "The resource:"
  apim -o yaml
  show_operator_log
  fail "not Ready after $patience_seconds s; the resource and the end of the operator's log are above"
}

# Lines of a node's deployment.toml, each with the table in which it stands.
settings_of() {
  local revision
  revision=$(apim -o 'jsonpath={.status.revisions[?(@.tier=="all-in-one")].current}')
  kubectl get configmap "$revision" -n wso2 -o "jsonpath={.data.$1\\.toml}" |
    awk '/^\[/ { table = $0; next } NF { print table " " $0 }'
}

show_result() {
  title "The resource (kubectl get amc -n wso2)"
  kubectl get amc -n wso2
  title "Its nodes"
  kubectl get pods -n wso2 -o custom-columns="NAME:.metadata.name,NODE:.spec.nodeName,\
READY:.status.conditions[?(@.type==\"Ready\")].status,IMAGE:.spec.containers[0].image"
  title "Its addresses (.status.endpoints)"
  apim -o 'jsonpath=publisher  {.status.endpoints.publisher}{"\n"}devportal  {.status.endpoints.devportal}{"\n"}'
  apim -o 'jsonpath=admin      {.status.endpoints.admin}{"\n"}gateway    {.status.endpoints.gateway}{"\n"}'
  title "Where deployment.toml of apim-aio-0 (-) and of apim-aio-1 (+) differ: each names the other"
  diff --unchanged-line-format= --old-line-format='- %L' --new-line-format='+ %L' \
    <(settings_of apim-aio-0) <(settings_of apim-aio-1) || true
}

show_what_to_try() {
  cat <<TRY

Control plane and operator go on; the operator's log is target/demo-operator.log. To try:

  export KUBECONFIG='$KUBECONFIG' PATH='$tools':"\$PATH"

  # A change moves one node at a time, and only nodes whose configuration it changes. Ctrl-C ends the watch.
  kubectl patch amc apim -n wso2 --type merge -p '{"spec":{"cacheInvalidation":{"enabled":false}}}'
  kubectl get amc apim -n wso2 --watch -o 'jsonpath={.status.conditions[?(@.type=="Reconciling")].message}{"\n"}'

  # What somebody deletes comes back.
  kubectl delete service apim-tm -n wso2; sleep 2; kubectl get service apim-tm -n wso2

  # A mistake is refused, with the reason.
  kubectl patch amc apim -n wso2 --type merge -p '{"spec":{"hostnames":{"gateway":"api.am.wso2.com"}}}'

  make demo-down
TRY
}

# ---- commands

up() {
  trap on_exit EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  end_demo_of_before
  build
  start_control_plane
  install_crd_and_rbac >/dev/null
  write_operator_kubeconfig
  start_operator
  apply_example >/dev/null
  say "examples/active-active is applied; the operator generates keys and certificates first"
  follow
  show_result
  show_what_to_try
}

exec 9<hack/demo.sh
flock -n 9 || fail "another make demo is at work here"
case ${1:-} in
  up) up ;;
  down) end_all ;;
  *)
    echo "Usage: demo.sh up | down" >&2
    exit 2
    ;;
esac
