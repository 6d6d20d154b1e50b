module github.com/wso2/apim-operator/hack/kube/crds

go 1.26.0

tool (
	github.com/cert-manager/cert-manager/pkg/apis/certmanager
	github.com/prometheus-operator/prometheus-operator/internal/sortutil
	sigs.k8s.io/gateway-api/pkg/consts
)

require (
	github.com/cert-manager/cert-manager v1.21.2 // indirect
	github.com/prometheus-operator/prometheus-operator v0.85.0 // indirect
	sigs.k8s.io/gateway-api v1.6.3 // indirect
)
