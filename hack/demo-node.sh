#!/usr/bin/env bash
# "make demo NODE=1": the chart and a deployment of a stand-in of the product (hack/standin) in real containers, on a node of its own,
# and who reaches whom. Needs root; "make demo-down" ends it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$(pwd -P)
began=${EPOCHREALTIME/[.,]/}
readonly root began version=4.6.0 namespace=wso2 images=target/node-images
export KUBE_DIR=$root/target/demo KUBECONFIG=$root/target/demo/kubeconfig

say() {
  local tenths=$(((${EPOCHREALTIME/[.,]/} - began) / 100000))
  printf '%5d.%d s  %s\n' "$((tenths / 10))" "$((tenths % 10))" "$*"
}

exec 9<hack/demo.sh
flock -n 9 || { say "FAILED: another make demo is at work here" && exit 1; }
say "checks that a real node can run here, and builds its tools the first time (up to 25 minutes)"
hack/kube/kube.sh node-check
tools=$(hack/kube/kube.sh bin)
export PATH=$tools:$PATH
say "builds the operator, the stand-in of the product, and their images"
${MVN:-mvn} -B -ntp -q package -DskipTests -Dspotless.check.skip
hack/image/all.sh "$images" "$version"
say "everything is built"

[[ ! -e $KUBE_DIR ]] || hack/kube/kube.sh down 9<&-
hack/kube/kube.sh up --node >/dev/null 9<&-
hack/kube/kube.sh load "$images"/{operator,all-in-one,traffic-manager,postgres}.tar
say "control plane and a real node are ready; the images are on it"

restricted() {
  kubectl create namespace "$1" >/dev/null
  kubectl label namespace "$1" pod-security.kubernetes.io/enforce=restricted >/dev/null
}
restricted apim-operator
restricted "$namespace"
kubectl apply -f src/test/resources/node/postgres.yaml >/dev/null
helm install apim-operator helm --namespace apim-operator --wait --timeout 3m \
  --set "watch.namespaces={$namespace},minReadySeconds=3,image.tag=0.1.0" >/dev/null
say "the chart is installed: two replicas of the operator are Ready"

kubectl apply -n "$namespace" -f src/test/resources/node/apim.yaml >/dev/null
told=''
until kubectl wait amc/apim -n "$namespace" --for condition=Ready --timeout 1s >/dev/null 2>&1; do
  sentence=$(kubectl get amc apim -n "$namespace" -o 'jsonpath={.status.conditions[?(@.type=="Reconciling")].message}')
  [[ $sentence == "$told" ]] || say "$sentence"
  told=$sentence
  ((SECONDS < 900)) || { kubectl get amc,pods -n "$namespace" && say "FAILED: not Ready" && exit 1; }
done
say "both tiers are Ready"

printf '\nThe servers are a stand-in for the product: real files, stores, databases and connections, but no APIs (hack/standin/README.md).\n\n'
kubectl get amc,pods -n "$namespace" -o wide
for pod in apim-aio-0 apim-tm-0; do
  printf '\nWhom %s dials by its deployment.toml, and the address that answers:\n' "$pod"
  address=$(kubectl get pod "$pod" -n "$namespace" -o 'jsonpath={.status.podIP}')
  curl --silent --insecure "https://$address:9443/stand-in/diagnostics" | sed -n '/^$/,$p' | sed 1d |
    awk -F '\t' '{ printf "  %-4s %-58s %s (%s)\n", $3, $1, $2, $4 }'
done
cat <<TRY

To try:

  export KUBECONFIG='$KUBECONFIG' PATH='$tools':"\$PATH"
  kubectl logs apim-aio-0 -n $namespace
  kubectl exec -it apim-aio-0 -n $namespace -- sh
  kubectl delete pod apim-tm-0 -n $namespace
  curl --insecure https://$(kubectl get service apim-aio -n "$namespace" -o 'jsonpath={.spec.clusterIP}'):8243/   # tells which node answered

  # A change rolls the all-in-one nodes one after the other.
  kubectl patch amc apim -n $namespace --type merge -p '{"spec":{"cacheInvalidation":{"enabled":false}}}'
  kubectl get amc apim -n $namespace --watch

  make demo-down
TRY
