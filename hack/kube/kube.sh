#!/usr/bin/env bash
# A Kubernetes control plane on loopback, with nodes that run pods without containers, or a real one. See README.md.
set -euo pipefail

sources=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
state=$(realpath -m -- "${KUBE_DIR:-$sources/../../target/kube}")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/apim-operator/kube
# Directory of the programs that a Go module's "tool" lines name.
tools_of() { echo "$cache/$(cat "$sources/$1"/go.{mod,sum} | sha256sum | cut -c1-16)"; }
tools=$(tools_of .) node_tools=$(tools_of node) runtime_tools=$(tools_of runtime)
version=$(sed -nE 's|^\sk8s.io/kubernetes (v[0-9.]+).*|\1|p' "$sources/go.mod")
pod_start_milliseconds=${KUBE_POD_START_MILLISECONDS:-1000}
made_by="Kubernetes $version from $tools"
readonly sources state cache tools node_tools runtime_tools version pod_start_milliseconds made_by
readonly ready_seconds=90 stop_seconds=3

control_plane=(etcd kube-apiserver kube-controller-manager kube-scheduler)
kept_in_state=(config data log pid node audit.log kubeconfig made-by-kube.sh)
readonly control_plane kept_in_state
# shellcheck source=node.sh
. "$sources/node.sh"

# Last what runs the pods. A real node is told by its network, which is the first thing that it gets.
is_real() { [[ -e $state/config/network ]]; }
components() { echo "${control_plane[@]}" "$(is_real && echo node || echo kwok)"; }

usage() {
  cat <<USAGE
Usage: kube.sh COMMAND
  up [--node] starts the control plane and waits until it is ready; prints the export of KUBECONFIG; with --node, pods run as
              containers on a real node, which needs root
  down        ends it and removes its directory
  status      tells what runs; fails unless all of it does and the API server is ready
  kubeconfig  prints the path of the administrator's kubeconfig
  node-check  tells, and fails, where a real node cannot run, and builds its tools where it can
  packages    prints the directory in which the node's Debian packages are unpacked, getting them if they are missing
  load FILE…  imports image archives, as ../image/archive.sh makes them, into the real node
  bin         prints the directory of the tools (kubectl, helm, etcd and so on), building them if they are missing
  crds MODULE prints the directory of a Go module whose CRDs tests apply, fetching it if it is missing: see crds/go.mod
  help        prints this

Environment:
  KUBE_DIR                     directory of this instance: $state
  KUBE_POD_START_MILLISECONDS  from created to Ready for a pod that does not say: $pod_start_milliseconds
USAGE
}

say() { printf 'kube.sh: %s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

# Signals only leave a mark, looked at where nothing is half done, so that no process is started and then forgotten.
interrupted_by=0
mark_signals() {
  trap 'interrupted_by=129' HUP
  trap 'interrupted_by=130' INT
  trap 'interrupted_by=143' TERM
}

stop_if_interrupted() {
  if ((interrupted_by)); then
    say "interrupted"
    exit "$interrupted_by"
  fi
}

lock() {
  local file_descriptor=$1
  until flock -w 1 "$file_descriptor"; do stop_if_interrupted; done
}

# ---- tools

build_group='' build_dir=''
discard_build() {
  if [[ $build_group ]]; then
    kill -TERM -- "-$build_group" 2>/dev/null || true
    wait "$build_group" || true
  fi
  if [[ $build_dir ]]; then
    # a compiler may write for a moment longer than go lives
    rm -rf -- "$build_dir" 2>/dev/null || { sleep 1 && rm -rf -- "$build_dir"; }
  fi
}

start_build() {
  local module=$1 package=k8s.io/component-base/version major minor
  IFS=. read -r major minor _ <<<"${version#v}"
  mkdir "$build_dir"/{bin,tmp}
  set -m # gives the build a process group, so that its compilers can be ended with it
  GOTMPDIR=$build_dir/tmp go build -C "$sources/$module" -tags no_btrfs,no_zfs -o "$build_dir/bin/" -buildvcs=false -trimpath \
    -ldflags "-s -w -X $package.gitVersion=$version -X $package.gitMajor=$major -X $package.gitMinor=$minor" \
    tool >&2 </dev/null &
  build_group=$!
  set +m
}

build_tools() {
  local module=$1 target
  target=$(tools_of "$module")
  command -v go >/dev/null || fail "Go is needed to build the Kubernetes tools"
  say "building the tools of $(realpath -m --relative-to=. "$sources/$module"), up to 10 minutes the first time"
  trap discard_build EXIT
  build_dir=$(mktemp -d "$target.XXXXXX")
  start_build "$module"
  while kill -0 "$build_group" 2>/dev/null; do
    stop_if_interrupted
    sleep 0.5
  done
  wait "$build_group" || fail "the build failed"
  build_group=''
  if [[ -e $build_dir/bin/server ]]; then mv "$build_dir/bin/server" "$build_dir/bin/etcd"; fi
  mv -T "$build_dir/bin" "$target"
  discard_build
  trap - EXIT
}

# Of the module in that directory.
ensure_tools() {
  local module=$1 target build_lock
  target=$(tools_of "$module")
  [[ -d $target ]] && return
  mkdir -p "$cache"
  exec {build_lock}>"$target.lock"
  lock "$build_lock"
  [[ -d $target ]] || build_tools "$module"
  exec {build_lock}>&-
}

# ---- processes

# Process ids are used again: the process must also be that program, at work in this directory.
is_running() {
  local name=$1 pid command=()
  { read -r pid <"$state/pid/$name"; } 2>/dev/null || return 1
  { mapfile -d '' command <"/proc/$pid/cmdline"; } 2>/dev/null || return 1
  [[ ${command[0]:-} == */"$name" && ${command[*]} == *"$state/"* ]]
}

close_inherited_files() {
  local path file_descriptor
  for path in /proc/self/fd/*; do
    file_descriptor=${path##*/}
    # bash reads this script through 255, which does not outlive exec
    if ((file_descriptor > 2 && file_descriptor != 255)); then exec {file_descriptor}>&-; fi
  done
}

start() {
  local name=$1 pid
  shift
  (
    cd "$state/data"
    close_inherited_files
    exec setsid "$tools/$name" "$@"
  ) </dev/null >"$state/log/$name.log" 2>&1 &
  pid=$!
  echo "$pid" >"$state/pid/$name"
  until is_running "$name" || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
}

end() {
  local name=$1 pid tenths
  is_running "$name" || return 0
  pid=$(<"$state/pid/$name")
  # what holds namespaces has nothing to end but them
  kill -"$([[ $name == node ]] && echo KILL || echo TERM)" "$pid" 2>/dev/null || return 0
  for ((tenths = 10 * stop_seconds; tenths > 0; tenths--)); do
    is_running "$name" || return 0
    sleep 0.1
  done
  # kube-apiserver waits up to a minute for its watchers
  kill -KILL "$pid" 2>/dev/null || return 0
  while is_running "$name"; do sleep 0.05; done
}

# "mvn clean" removes target/kube from under its processes, which are then known by their arguments alone.
end_lost_processes() {
  local path name command
  for path in /proc/[0-9]*; do
    { mapfile -d '' command <"$path/cmdline"; } 2>/dev/null || continue
    name=${command[0]:-}
    if [[ " ${control_plane[*]} kwok node " == *" ${name##*/} "* && ${command[*]} == *"$state/"* ]]; then
      kill -KILL "${path##*/}" 2>/dev/null || true
    fi
  done
}

port_was_taken() { grep -q 'address already in use' "$state/log/$1.log"; }

fail_with_log() {
  local name=$1 reason=$2
  tail -n 20 "$state/log/$name.log" >&2
  fail "$name $reason; the end of its log is above"
}

fail_if_any_ended() {
  local name
  for name in $(components); do
    [[ ! -e $state/pid/$name ]] || is_running "$name" || port_was_taken "$name" || fail_with_log "$name" "ended"
  done
}

await() {
  local name=$1 deadline=$((SECONDS + ready_seconds))
  shift
  until "$@"; do
    stop_if_interrupted
    fail_if_any_ended
    ((SECONDS < deadline)) || fail_with_log "$name" "was waited for in vain ($* after $ready_seconds s)"
    sleep 0.1
  done
}

# ---- state directory

state_lock=''
lock_state() {
  while :; do
    [[ -z $state_lock ]] || exec {state_lock}<&-
    mkdir -p "$state"
    exec {state_lock}<"$state"
    lock "$state_lock"
    # whoever held the lock before may have removed the directory
    [[ $state -ef /proc/self/fd/$state_lock ]] && return
  done
}

make_state() {
  [[ -z $(ls -A "$state") ]] || fail "$state is not empty and was not made by kube.sh"
  trap take_down EXIT
  echo "$made_by" >"$state/made-by-kube.sh"
  mkdir "$state"/{config,data,log,pid}
}

take_down() {
  local last components
  trap '' HUP INT TERM
  read -ra components < <(components)
  for ((last = ${#components[@]} - 1; last >= 0; last--)); do end "${components[last]}"; done
  clean_node
  (cd "$state" && rm -rf -- "${kept_in_state[@]}")
  rmdir "$state" 2>/dev/null || say "$state holds files that kube.sh did not make: left there"
  mark_signals
}

# ---- configuration

random_token() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

user_token() { sed -n "s/,$1,.*//p" "$state/config/tokens.csv"; }

# The users that are not "admin" keep the control plane's own writes apart from a test's in the audit log.
write_users() {
  cat >"$state/config/tokens.csv" <<USERS
$(random_token),admin,admin,system:masters
$(random_token),kwok,kwok,system:masters
$(random_token),system:kube-controller-manager,kube-controller-manager
$(random_token),system:kube-scheduler,kube-scheduler
$(random_token),system:node:$node_name,$node_name,system:nodes
$(random_token),system:kube-proxy,kube-proxy
$(random_token),coredns,coredns,system:masters
USERS
}

# Where the API server listens: pods of a real node must reach it.
api_address() { if is_real; then host_address; else echo 127.0.0.1; fi; }

write_kubeconfig() {
  local user=$1 file=$2
  cat >"$file" <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
  - name: kube
    cluster:
      server: https://$(api_address):$(<"$state/config/port")
      certificate-authority-data: $(base64 -w0 "$state/data/certs/apiserver.crt")
users:
  - name: $user
    user:
      token: $(user_token "$user")
contexts:
  - name: kube
    context: {cluster: kube, user: "$user"}
current-context: kube
KUBECONFIG
}

write_stages() {
  local stages mode
  [[ $pod_start_milliseconds =~ ^[0-9]+$ ]] || fail "KUBE_POD_START_MILLISECONDS is not a number: $pod_start_milliseconds"
  mode=$(sed '/^#/d' "$sources/pod-mode.jq" | tr -s ' \n' ' ')
  stages=$(<"$sources/stages.yaml")
  stages=${stages//@POD_MODE@/"$mode"}
  stages=${stages//@POD_START_MILLISECONDS@/"$pod_start_milliseconds"}
  stages=${stages//@KUBERNETES_VERSION@/"$version"}
  printf '%s\n' "$stages" >"$state/config/stages.yaml"
}

# ---- components

# A Unix socket needs no port and lets nobody else in; etcd wants a port in its name, and listens in its own directory.
etcd_url=unix://etcd:0

start_etcd() {
  start etcd --data-dir "$state/data/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls "$etcd_url" --advertise-client-urls "$etcd_url" --listen-peer-urls unix://peer:0
}

# Below the ports that the system gives to outgoing connections.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    (: <>"/dev/tcp/$(api_address)/$port") 2>/dev/null || break
  done
  echo "$port"
}

# kube-apiserver makes its certificate and key before it needs a key to sign tokens: one key serves for both here.
start_api_server_on() {
  local certs=$state/data/certs address services=10.96.0.0/16 reconciler=none
  address=$(api_address)
  if is_real; then services=$(service_range) reconciler=lease; fi
  echo "$1" >"$state/config/port"
  start kube-apiserver --etcd-servers "$etcd_url" --cert-dir "$certs" \
    --bind-address "$address" --secure-port "$1" --advertise-address "$address" --endpoint-reconciler-type "$reconciler" \
    --token-auth-file "$state/config/tokens.csv" --authorization-mode Node,RBAC --enable-admission-plugins PodSecurity \
    --service-account-issuer https://kubernetes.default.svc \
    --service-account-key-file "$certs/apiserver.key" --service-account-signing-key-file "$certs/apiserver.key" \
    --service-cluster-ip-range "$services" --allow-privileged --kubelet-preferred-address-types InternalIP \
    --audit-policy-file "$sources/audit-policy.yaml" --audit-log-path "$state/audit.log" --audit-log-maxsize 0
}

# Another server may have the port by now: only ours has our certificate and knows our token.
api_server_is_ready() {
  local certificate=$state/data/certs/apiserver.crt
  [[ -s $certificate ]] && "$tools/kubectl" --kubeconfig /dev/null --request-timeout 5s get --raw /readyz \
    --server "https://$(api_address):$(<"$state/config/port")" --certificate-authority "$certificate" \
    --token "$(user_token admin)" >/dev/null 2>&1
}

api_server_is_ready_on_some_port() {
  if ! is_running kube-apiserver && port_was_taken kube-apiserver; then start_api_server_on "$(free_port)"; fi
  api_server_is_ready
}

start_api_server() {
  start_api_server_on "$(free_port)"
  await kube-apiserver api_server_is_ready_on_some_port
  write_kubeconfig admin "$state/kubeconfig"
}

start_controller_manager() {
  local certs=$state/data/certs kubeconfig=$state/config/kube-controller-manager.kubeconfig
  write_kubeconfig system:kube-controller-manager "$kubeconfig"
  start kube-controller-manager --kubeconfig "$kubeconfig" --use-service-account-credentials \
    --service-account-private-key-file "$certs/apiserver.key" --root-ca-file "$certs/apiserver.crt" \
    --leader-elect=false --secure-port 0 --kube-api-qps 100 --kube-api-burst 200
}

start_scheduler() {
  local kubeconfig=$state/config/kube-scheduler.kubeconfig
  write_kubeconfig system:kube-scheduler "$kubeconfig"
  start kube-scheduler --kubeconfig "$kubeconfig" --leader-elect=false --secure-port 0
}

start_kwok() {
  local kubeconfig=$state/config/kwok.kubeconfig
  write_kubeconfig kwok "$kubeconfig"
  start kwok --kubeconfig "$kubeconfig" --config "$state/config/stages.yaml" \
    --manage-nodes-with-annotation-selector kwok.x-k8s.io/node=fake --node-lease-duration-seconds 40
}

# ---- readiness

kubectl() {
  "$tools/kubectl" --kubeconfig "$state/kubeconfig" --cache-dir "$state/data/kubectl" --request-timeout 5s "$@"
}

nodes_are_ready() {
  local conditions='{range .items[*]}{.spec.taints}{.status.conditions[?(@.type=="Ready")].status} {end}'
  [[ $(kubectl get nodes -o "jsonpath=$conditions" 2>/dev/null) == "True True True " ]]
}

readonly check_pod=kube-up-check

# Refused until the controller manager has made the namespace's ServiceAccount.
check_pod_is_accepted() {
  kubectl apply -f - >/dev/null 2>&1 <<POD
apiVersion: v1
kind: Pod
metadata: {name: $check_pod, namespace: default}
spec: {terminationGracePeriodSeconds: 0, containers: [{name: stand-in, image: $pause_image, imagePullPolicy: Never}]}
POD
}

# Placed by the scheduler and then created by kwok, or by the kubelet.
check_pod_has_address() { [[ $(kubectl get pod "$check_pod" -o 'jsonpath={.status.podIP}' 2>/dev/null) ]]; }

start_all() {
  if is_real; then start_namespaces; fi
  start_etcd
  start_api_server
  start_controller_manager
  start_scheduler
  if is_real; then
    start_node
  else
    kubectl create -f "$sources/nodes.yaml" >/dev/null
    start_kwok
    await kwok nodes_are_ready
  fi
  await kube-controller-manager check_pod_is_accepted
  await kube-scheduler check_pod_has_address
  kubectl delete --raw "/api/v1/namespaces/default/pods/$check_pod?gracePeriodSeconds=0" >/dev/null
}

is_up() {
  local name
  grep -qxF -- "$made_by" "$state/made-by-kube.sh" 2>/dev/null || return 1
  for name in $(components); do is_running "$name" || return 1; done
  [[ -s $state/kubeconfig ]] && kubectl get --raw /readyz >/dev/null 2>&1
}

# ---- commands

tell_ready() { printf "export KUBECONFIG='%s' # Kubernetes %s, %s\n" "$state/kubeconfig" "$version" "$1"; }

seconds_since() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - $1) / 100000))
  echo "$((tenths / 10)).$((tenths % 10)) s"
}

up() {
  local real=$1 begin
  mark_signals
  ensure_tools .
  if ((real)); then check_node; fi
  lock_state
  begin=${EPOCHREALTIME/[.,]/}
  if is_up && ((real == $(is_real && echo 1 || echo 0))); then
    tell_ready "already up"
    return
  fi
  if [[ -e $state/made-by-kube.sh ]]; then
    say "what is left of an earlier start is removed first"
    take_down
    lock_state
  fi
  end_lost_processes
  make_state
  write_users
  if ((real)); then pick_network; else write_stages; fi
  start_all
  stop_if_interrupted
  tell_ready "ready in $(seconds_since "$begin")"
  trap - EXIT
}

down() {
  mark_signals
  if [[ ! -e $state/made-by-kube.sh ]]; then
    end_lost_processes
    say "nothing is up in $state"
    return
  fi
  lock_state
  take_down
}

status() {
  local name
  [[ -e $state/made-by-kube.sh ]] || fail "nothing is up in $state"
  for name in $(components); do
    if is_running "$name"; then
      printf '%-24s runs as process %s\n' "$name" "$(<"$state/pid/$name")"
    else
      printf '%-24s does not run\n' "$name"
    fi
  done
  is_up || fail "the control plane is not ready"
  printf 'Kubernetes %s is ready at https://%s:%s\n' "$version" "$(api_address)" "$(<"$state/config/port")"
}

print_kubeconfig() {
  [[ -s $state/kubeconfig ]] || fail "nothing is up in $state"
  echo "$state/kubeconfig"
}

check_node() {
  local reason
  reason=$(why_no_node) || fail "$reason"
  ensure_tools node
  ensure_tools runtime
}

print_packages() {
  unpack_packages || fail "these packages cannot be had: ${node_packages[*]}"
  packages_dir
}

load_images() {
  local archive
  is_real && is_running node || fail "no real node is up in $state"
  for archive; do import_image "$(realpath -- "$archive")"; done
}

print_tools() {
  mark_signals
  ensure_tools .
  echo "$tools"
}

# Beside the tools' own go.mod: its versions must not be raised by those of modules that are not built.
print_module() {
  command -v go >/dev/null || fail "Go is needed to fetch CRDs"
  go mod download -C "$sources/crds" "$1" >&2 || fail "$1 cannot be fetched"
  go list -C "$sources/crds" -m -f '{{.Dir}}' "$1"
}

umask 077
case ${1:-help} in
  up)
    case ${2-} in '') up 0 ;; --node) up 1 ;; *) usage >&2 && exit 2 ;; esac
    ;;
  node-check) mark_signals && check_node ;;
  packages) print_packages ;;
  load) load_images "${@:2}" ;;
  down) down ;;
  status) status ;;
  kubeconfig) print_kubeconfig ;;
  bin) print_tools ;;
  crds) print_module "${2:?crds needs a module}" ;;
  help | -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
