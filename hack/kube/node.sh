# The real node of "kube.sh up --node": sourced by kube.sh, whose variables and functions it uses. See README.md.
# shellcheck shell=bash

# Its processes live in namespaces of their own (mounts, network, processes): whoever ends the first of them ends all of them
# with every container, mount, route and nftables table. What outlives a namespace is told to its own cgroups and one directory.
readonly node_name=node-0 pause_image=localhost/pause:1
readonly node_packages=(runc libseccomp2 containernetworking-plugins nftables libnftables1 libnftnl11 libmnl0 libjansson4
  libedit2 libbsd0 libgmp10 libxtables12 busybox-static)
readonly node_processes=(containerd kubelet kube-proxy coredns)

# ---- what it needs

packages_dir() {
  # shellcheck disable=SC1091
  echo "$cache/packages-$(. /etc/os-release && echo "$ID-${VERSION_ID:-}")-$(printf '%s\n' "${node_packages[@]}" | sha256sum | cut -c1-8)"
}

# One sentence on standard output, and failure, where a real node cannot run.
why_no_node() {
  local name
  if ((EUID)); then
    echo "a real node needs root"
    return 1
  fi
  for name in ip nsenter unshare apt-get dpkg-deb; do
    command -v "$name" >/dev/null || { echo "a real node needs the command $name" && return 1; }
  done
  unshare --mount --net --pid --fork mount -t tmpfs none /mnt 2>/dev/null ||
    { echo "a real node needs the right to make namespaces and to mount" && return 1; }
  [[ -w /sys/fs/cgroup/memory || -w /sys/fs/cgroup/cgroup.subtree_control ]] ||
    { echo "a real node needs cgroups that it may write" && return 1; }
  unpack_packages || { echo "a real node needs Debian packages that cannot be had: ${node_packages[*]}" && return 1; }
}

# Unpacked, not installed: the machine stays as it is.
unpack_packages() {
  local directory archive work
  directory=$(packages_dir)
  [[ -d $directory ]] && return
  mkdir -p "$cache"
  work=$(mktemp -d "$directory.XXXXXX")
  mkdir "$work"/{archives,root}
  if (cd "$work/archives" && apt-get -qq download "${node_packages[@]}" || { apt-get -qq update && apt-get -qq download "${node_packages[@]}"; }) \
    >"$work/log" 2>&1; then
    for archive in "$work"/archives/*.deb; do dpkg-deb -x "$archive" "$work/root"; done
    chmod 755 "$work/root"
    mv -T "$work/root" "$directory" 2>/dev/null || true
  else
    tail -n 3 "$work/log" >&2
  fi
  rm -rf -- "$work"
  [[ -d $directory ]]
}

# ---- addresses

# 198.18.0.0/15 is nobody's: it is set aside for measuring network devices. Each instance has its own /24 of both halves.
pick_network() {
  local number
  while :; do
    number=$((RANDOM % 256))
    [[ -n $(ip -4 -o addr show to "198.18.$number.0/24") ]] || break
  done
  echo "$number" >"$state/config/network"
}

network() { [[ -s $state/config/network ]] && cat "$state/config/network"; }
host_address() { echo "198.18.$(network).1"; }
node_address() { echo "198.18.$(network).2"; }
pod_range() { echo "198.19.$(network).0/25"; }
service_range() { echo "198.19.$(network).128/25"; }
host_interface() { echo "apim-kube$(network)"; }

# ---- start

cgroup_name() { echo "apim-kube-$(printf '%s' "$state" | sha256sum | cut -c1-8)"; }

make_cgroups() {
  local hierarchy
  for hierarchy in /sys/fs/cgroup/*/cgroup.procs /sys/fs/cgroup/cgroup.procs; do
    [[ ! -e $hierarchy ]] || mkdir -p "$(dirname "$hierarchy")/$(cgroup_name)" 2>/dev/null || true
  done
  # All pods together would otherwise get as much of a busy machine as one process.
  for hierarchy in /sys/fs/cgroup/cpu/"$(cgroup_name)"/cpu.shares; do [[ ! -w $hierarchy ]] || echo 8192 >"$hierarchy"; done
}

own_cgroups() { find /sys/fs/cgroup -maxdepth 2 -type d -name "$(cgroup_name)"; }

# cgroups of version 1 stand in a directory for each controller; they are empty a moment after their processes have ended.
remove_cgroups() {
  local cgroup tenths
  for ((tenths = 0; tenths < 50; tenths++)); do
    own_cgroups | while read -r cgroup; do find "$cgroup" -depth -type d -exec rmdir {} \; 2>/dev/null || true; done
    [[ -n $(own_cgroups) ]] || return 0
    sleep 0.1
  done
  say "some cgroups stay: $(cgroup_name)"
}

# Process 1 of the namespaces waits for its configuration; the path of the state directory tells is_running whose it is.
start_namespaces() {
  local pid
  make_cgroups
  mkdir -p "$state"/node/{kubelet,containerd,cni,images}
  (
    cd "$state/data"
    close_inherited_files
    exec setsid bash -c 'exec -a "$0" unshare "$@"' "$node_tools/node" --mount --net --pid --fork --kill-child --mount-proc \
      bash "$sources/node-init.sh" "$state/" "$node_tools" "$runtime_tools" "$(packages_dir)"
  ) </dev/null >"$state/log/node.log" 2>&1 &
  pid=$!
  echo "$pid" >"$state/pid/node"
  until is_running node || ! kill -0 "$pid" 2>/dev/null; do sleep 0.02; done
  await node has_namespace "$pid"
  ip link add "$(host_interface)" type veth peer name eth0 netns "$pid"
  ip addr add "$(host_address)/24" dev "$(host_interface)"
  ip link set "$(host_interface)" up
  ip route add "198.19.$(network).0/24" via "$(node_address)"
}

has_namespace() { [[ $(readlink "/proc/$1/ns/net") != "$(readlink /proc/self/ns/net)" ]]; }

in_node() { nsenter --target "$(<"$state/pid/node")" --mount --net -- "$@"; }

write_node_configuration() {
  local user
  for user in "system:node:$node_name" system:kube-proxy coredns; do
    write_kubeconfig "$user" "$state/config/${user##*:}.kubeconfig"
  done
  mv "$state/config/$node_name.kubeconfig" "$state/config/kubelet.kubeconfig"
  write_containerd_configuration
  write_kubelet_configuration
  write_proxy_configuration
  write_dns_configuration
}

write_containerd_configuration() {
  cat >"$state/config/containerd.toml" <<TOML
version = 3
root = "/var/lib/containerd"
state = "/run/containerd"
[plugins.'io.containerd.cri.v1.images']
snapshotter = "overlayfs"
[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = "$pause_image"
[plugins.'io.containerd.cri.v1.runtime']
# Lowering the score needs CAP_SYS_RESOURCE, which root has not everywhere.
restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ["$(packages_dir)/usr/lib/cni"]
conf_dir = "$state/node/cni"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
BinaryName = "$(packages_dir)/usr/sbin/runc"
SystemdCgroup = false
TOML
  # Pods are routed, not bridged: kube-proxy then sees what one sends to another without help of the bridge.
  cat >"$state/node/cni/10-pods.conflist" <<CNI
{"cniVersion": "1.0.0", "name": "pods", "plugins": [{"type": "ptp", "mtu": 1500, "ipam": {"type": "host-local",
  "dataDir": "/run/cni-addresses", "ranges": [[{"subnet": "$(pod_range)"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
CNI
}

# Whoever reaches the node's own network may ask the kubelet anything: that is this machine and the pods.
write_kubelet_configuration() {
  cat >"$state/config/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $(node_address)
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
cgroupRoot: /$(cgroup_name)
failCgroupV1: false
failSwapOn: false
clusterDNS: ["$(node_address)"]
clusterDomain: cluster.local
resolvConf: $state/config/resolv.conf
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
volumePluginDir: /var/lib/kubelet/volume-plugins
evictionHard: {memory.available: 0%, nodefs.available: 0%, nodefs.inodesFree: 0%, imagefs.available: 0%}
imageGCHighThresholdPercent: 100
YAML
  : >"$state/config/resolv.conf"
}

write_proxy_configuration() {
  cat >"$state/config/kube-proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clientConnection: {kubeconfig: "$state/config/kube-proxy.kubeconfig"}
clusterCIDR: $(pod_range)
hostnameOverride: $node_name
conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
YAML
}

# The settings of the usual installations.
write_dns_configuration() {
  cat >"$state/config/Corefile" <<COREFILE
.:53 {
  bind $(node_address)
  errors
  kubernetes cluster.local in-addr.arpa {
    kubeconfig $state/config/coredns.kubeconfig
    pods insecure
    ttl 30
  }
  cache 30 {
    disable success cluster.local
    disable denial cluster.local
  }
  loadbalance
}
COREFILE
}

start_node() {
  write_node_configuration
  make_pause_image "$state/node/images/pause.tar"
  printf '%s %s %s\n' "$node_name" "$(host_address)" "$(node_address)" >"$state/config/node.tmp"
  mv "$state/config/node.tmp" "$state/config/node" # tells process 1 to go on
  await node in_node test -S /run/containerd/containerd.sock
  import_image "$state/node/images/pause.tar"
  await node node_is_ready
}

# What holds the namespaces of a pod only has to exist.
make_pause_image() {
  local root=$state/node/images/pause
  mkdir -p "$root"
  install -m 755 "$(packages_dir)/bin/busybox" "$root/busybox"
  "$sources/../image/archive.sh" "$1" "$pause_image" '{"Entrypoint": ["/busybox", "sleep", "2147483647"], "User": "65535:65535"}' "$root"
  rm -r -- "$root"
}

import_image() {
  local said
  said=$(in_node "$runtime_tools/ctr" --namespace k8s.io images import "$1" 2>&1) || fail "$1 cannot be imported: $said"
}

node_is_ready() {
  local conditions='{range .items[*]}{.spec.taints}{.status.conditions[?(@.type=="Ready")].status}{end}'
  [[ $(kubectl get nodes -o "jsonpath=$conditions" 2>/dev/null) == True ]]
}

# ---- end

# Its containers, mounts and network end with it.
clean_node() {
  remove_cgroups
  [[ ! -e $state/node ]] || rm -rf -- "$state/node"
}
