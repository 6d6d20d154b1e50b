// Modules whose files hold CRDs; nothing of them is built. After a change: go mod download in this directory.
module github.com/wso2/apim-operator/hack/gitops/crds

go 1.26.3

require (
	github.com/argoproj/argo-cd/v3 v3.5.0
	github.com/external-secrets/external-secrets v1.3.2
	github.com/fluxcd/helm-controller v1.6.4
	github.com/fluxcd/kustomize-controller v1.9.6
	github.com/fluxcd/source-controller v1.9.6
)
