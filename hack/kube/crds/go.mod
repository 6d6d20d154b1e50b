module github.com/wso2/apim-operator/hack/kube/crds

go 1.26.0

tool (
	github.com/prometheus-operator/prometheus-operator/internal/sortutil
	sigs.k8s.io/gateway-api/pkg/consts
)

require (
	github.com/prometheus-operator/prometheus-operator v0.85.0 // indirect
	sigs.k8s.io/gateway-api v1.6.3 // indirect
)
