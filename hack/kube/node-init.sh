#!/usr/bin/env bash
# Process 1 of the real node's namespaces, started by node.sh: hides the machine's own /run, /var/lib and /var/log, then runs the
# node's programs. As soon as one of them ends, all end.
set -euo pipefail
state=${1%/} node_tools=$2 runtime_tools=$3 packages=$4
readonly state node_tools runtime_tools packages

mount --make-rshared /
for directory in /run /var/lib /var/log; do mount -t tmpfs -o mode=755 node "$directory"; done
for name in kubelet containerd; do
  mkdir "/var/lib/$name"
  mount --bind "$state/node/$name" "/var/lib/$name"
done
mount --make-rshared /var/lib/kubelet

ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
until [[ -e $state/config/node ]]; do sleep 0.05; done
read -r name host_address node_address <"$state/config/node"
ip addr add "$node_address/24" dev eth0
ip link set eth0 up
ip route add default via "$host_address"
export PATH=$packages/usr/sbin:$packages/usr/bin:$packages/bin:$runtime_tools:$PATH

umask 022
run() {
  local log=$state/log/$1.log
  shift
  "$@" </dev/null >"$log" 2>&1 &
}
# The libraries of the packages, for their programs alone.
export LD_LIBRARY_PATH=$packages/usr/lib/x86_64-linux-gnu:$packages/lib/x86_64-linux-gnu:$packages/usr/lib/aarch64-linux-gnu
run containerd "$runtime_tools/containerd" --config "$state/config/containerd.toml"
until [[ -S /run/containerd/containerd.sock ]]; do sleep 0.05; done
run coredns "$runtime_tools/coredns" -conf "$state/config/Corefile"
run kube-proxy "$node_tools/kube-proxy" --config "$state/config/kube-proxy.yaml"
run kubelet "$node_tools/kubelet" --config "$state/config/kubelet.yaml" --kubeconfig "$state/config/kubelet.kubeconfig" \
  --hostname-override "$name" --node-ip "$node_address" --node-labels topology.kubernetes.io/zone=a
wait -n
echo "one of the node's programs has ended"
exit 1
