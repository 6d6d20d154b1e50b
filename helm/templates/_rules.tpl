{{- define "apim-operator.rules" -}}
# What the operator does in a namespace that it watches, and nothing else.
- apiGroups: [apim.wso2.com]
  resources: [apimanagerclusters]
  verbs: [get, list, watch]
- apiGroups: [apim.wso2.com]
  resources: [apimanagerclusters/status]
  verbs: [patch]
# Objects that it makes. Server-side apply creates and changes with patch; an object is created only if there is none.
- apiGroups: [""]
  resources: [secrets, configmaps, services]
  verbs: [get, list, watch, create, patch, delete]
# These are there as long as the resource, and go with it: the garbage collector removes them.
- apiGroups: [""]
  resources: [serviceaccounts]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch]
- apiGroups: [networking.k8s.io]
  resources: [ingresses, networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch, delete]
# Gateway API, if the cluster has it. Routes are read in each pass and not watched.
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes, backendtlspolicies]
  verbs: [get, list, create, patch, delete]
# cert-manager, if the cluster has it. Certificates are read in each pass and not watched.
- apiGroups: [cert-manager.io]
  resources: [certificates]
  verbs: [get, list, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [get, create, update]
{{- end }}

{{/* Who gets a right. */}}
{{- define "apim-operator.subjects" -}}
- kind: ServiceAccount
  name: {{ include "apim-operator.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}
