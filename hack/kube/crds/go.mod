module github.com/wso2/apim-operator/hack/kube/crds

go 1.26.0

tool sigs.k8s.io/gateway-api/pkg/consts

require sigs.k8s.io/gateway-api v1.6.3 // indirect
