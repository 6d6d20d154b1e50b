{{/* Name of every object. */}}
{{- define "apim-operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{- define "apim-operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "apim-operator.fullname" .) -}}
{{- end }}

{{- define "apim-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* Others than those of the operator's pods, whose Service must not lead to this one. */}}
{{- define "apim-operator.testLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}-check
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "apim-operator.labels" -}}
{{ include "apim-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

{{/* Namespace and labels of an object. */}}
{{- define "apim-operator.metadata" -}}
namespace: {{ .Release.Namespace }}
labels: {{- include "apim-operator.labels" . | nindent 2 }}
{{- end }}

{{- define "apim-operator.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The listed namespaces, as a JSON array under "list"; empty when all are watched. */}}
{{- define "apim-operator.namespaces" -}}
{{- if .Values.watch.clusterWide -}}
{{ dict "list" list | toJson }}
{{- else -}}
{{ dict "list" (.Values.watch.namespaces | default (list .Release.Namespace)) | toJson }}
{{- end -}}
{{- end }}

{{/* Settings of the operator; extraEnv must not name one of them again. */}}
{{- define "apim-operator.env" -}}
{{- $namespaces := (include "apim-operator.namespaces" . | fromJson).list -}}
- name: APIM_NAMESPACES
  value: {{ ternary "JOSDK_ALL_NAMESPACES" (join "," $namespaces) .Values.watch.clusterWide | quote }}
{{- with .Values.watch.selector }}
- name: APIM_SELECTOR
  value: {{ . | quote }}
{{- end }}
- name: APIM_LEADER_ELECTION_NAMESPACE
  valueFrom:
    fieldRef:
      apiVersion: v1
      fieldPath: metadata.namespace
{{- with .Values.defaults.images.allInOne }}
- name: APIM_IMAGES_ALL_IN_ONE
  value: {{ . | quote }}
{{- end }}
{{- with .Values.defaults.images.trafficManager }}
- name: APIM_IMAGES_TRAFFIC_MANAGER
  value: {{ . | quote }}
{{- end }}
- name: APIM_IMAGES_JDBC_DRIVERS
  value: {{ .Values.defaults.images.jdbcDrivers | default (include "apim-operator.image" .) | quote }}
- name: APIM_CLUSTER_DOMAIN
  value: {{ .Values.clusterDomain | quote }}
- name: APIM_MIN_READY_SECONDS
  value: {{ .Values.minReadySeconds | quote }}
- name: APIM_MAX_ROLLOUTS
  value: {{ .Values.maxRollouts | quote }}
- name: APIM_RESYNC_INTERVAL
  value: {{ .Values.resyncInterval | quote }}
- name: APIM_LOG_LEVEL
  value: {{ .Values.log.level | quote }}
{{- end }}

{{/* What every container of ours needs in a namespace that enforces the restricted Pod Security Standard. */}}
{{- define "apim-operator.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "apim-operator.podSecurity" -}}
runAsNonRoot: true
seccompProfile:
  type: RuntimeDefault
{{- end }}
