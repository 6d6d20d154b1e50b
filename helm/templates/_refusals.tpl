{{/* What the schema cannot see, or could only say with a pattern: each message names the value and says what to write. */}}
{{- define "apim-operator.refusals" -}}
{{- range list
  (list "fullnameOverride" .Values.fullnameOverride "^([a-z]([-a-z0-9]{0,50}[a-z0-9])?)?$" "write at most 52 lower-case letters, digits and hyphens, beginning with a letter")
  (list "image.repository" .Values.image.repository "^[^:@\\s]+(:[0-9]+/[^:@\\s]+)?$" "write a repository alone; its tag or digest goes into image.tag or image.digest")
  (list "image.tag" .Values.image.tag "^([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$" "write a tag alone; a digest goes into image.digest")
  (list "image.digest" .Values.image.digest "^(sha256:[0-9a-f]{64})?$" "write sha256: and 64 hexadecimal digits")
  (list "watch.selector" .Values.watch.selector "^[-A-Za-z0-9_./=!,() ]*$" "write a label selector, such as example.com/operator=blue")
  (list "clusterDomain" .Values.clusterDomain "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$" "write a DNS domain without a dot at its ends, such as cluster.local")
  (list "resyncInterval" .Values.resyncInterval "^[1-9][0-9]*[smh]$" "write a number with s, m or h, such as 30s")
  (list "metrics.serviceMonitor.interval" .Values.metrics.serviceMonitor.interval "^[1-9][0-9]*[smh]$" "write a number with s, m or h, such as 30s")
}}
{{- if not (regexMatch (index . 2) (index . 1)) }}
{{- fail (printf "%s: %q cannot be used; %s" (index . 0) (index . 1) (index . 3)) }}
{{- end }}
{{- end }}
{{- with .Values.watch }}
{{- if and .clusterWide .namespaces }}
{{- fail (printf "watch.namespaces lists %s, but watch.clusterWide watches all namespaces: empty the list, or set clusterWide to false" (join ", " .namespaces)) }}
{{- end }}
{{- range .namespaces }}
{{- if not (regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" .) }}
{{- fail (printf "watch.namespaces: %q is not the name of a namespace; for all namespaces leave the list empty and set watch.clusterWide to true" .) }}
{{- end }}
{{- end }}
{{- end }}
{{- if not (or .Values.serviceAccount.create .Values.serviceAccount.name) }}
{{- fail "serviceAccount.name is empty: with serviceAccount.create false, name the ServiceAccount that the operator is to use" }}
{{- end }}
{{- $ours := include "apim-operator.env" . | fromYamlArray }}
{{- range .Values.extraEnv }}
{{- $name := .name }}
{{- range $ours }}
{{- if eq .name $name }}
{{- fail (printf "extraEnv: %s is set by the chart; use the value of values.yaml that it stands for" $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.metrics.serviceMonitor.enabled }}
{{- if not (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1/ServiceMonitor") }}
{{- fail "metrics.serviceMonitor.enabled: the cluster has no kind ServiceMonitor (monitoring.coreos.com/v1); install the Prometheus operator first or set it to false. To render without a cluster: --api-versions monitoring.coreos.com/v1/ServiceMonitor" }}
{{- end }}
{{- end }}
{{- end }}
