package com.wso2.apim.operator.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Every name and label, in one place. */
public record Names(String namespace, String cluster) {

    /** Field manager, value of the managed-by label, and reporter of Events. */
    public static final String OPERATOR = "apim-operator";

    public static final String MANAGED_BY_LABEL = "app.kubernetes.io/managed-by";
    public static final String COMPONENT_LABEL = "app.kubernetes.io/component";
    /** Leads from an object back to its resource. */
    public static final String CLUSTER_LABEL = "apim.wso2.com/cluster";
    /** The revision that a pod runs. */
    public static final String REVISION_ANNOTATION = "apim.wso2.com/revision";
    /** When the user asked last for a restart; another text is another revision. */
    public static final String RESTARTED_ANNOTATION = "apim.wso2.com/restarted-at";
    /** On the ConfigMap of a revision: that nodes are to run the last good ones instead, and why. */
    public static final String REJECTED_ANNOTATION = "apim.wso2.com/rejected";
    /** The resource that a retained Secret belongs to, as namespace/name. */
    public static final String OWNER_ANNOTATION = "apim.wso2.com/owner";
    /** Type of Secrets that outlive the resource; immutable, so nobody can claim one later. */
    public static final String RETAINED_TYPE = "apim.wso2.com/retained";

    public static final String CONTAINER = "wso2am";

    /** Volume of a node, and first part of the names of its claims. */
    public static final String STORAGE = "storage";

    /** {@code apim-aio}: StatefulSet, Service, budget and policy of a tier. */
    public String tier(Role role) {
        return cluster + "-" + role.shortName();
    }

    public String headlessService(Role role) {
        return tier(role) + "-headless";
    }

    public String pod(Node node) {
        return tier(node.role()) + "-" + node.ordinal();
    }

    /** Key of a node's file in the ConfigMap of its revision. */
    public String file(Node node) {
        return pod(node) + ".toml";
    }

    public String revision(Role role, String hash) {
        return tier(role) + "-" + hash;
    }

    public String environment(String hash) {
        return cluster + "-env-" + hash;
    }

    public String stores(String hash) {
        return cluster + "-stores-" + hash;
    }

    /** What was last admitted; see ADR 0003. */
    public String admitted() {
        return cluster + "-admitted";
    }

    public String adminSecret() {
        return cluster + "-admin";
    }

    public String authoritySecret() {
        return cluster + "-ca";
    }

    public String keysSecret() {
        return cluster + "-keys";
    }

    /** The Certificate that cert-manager is asked for, and the Secret into which it puts it. */
    public String issued() {
        return cluster + "-nodes-tls";
    }

    public String encryptionSecret() {
        return cluster + "-encryption";
    }

    /** What may outlive the resource. */
    public List<String> retainedSecrets() {
        return List.of(adminSecret(), authoritySecret(), keysSecret(), encryptionSecret());
    }

    public String serviceAccount() {
        return cluster;
    }

    /** The Ingress of the portals, and its Service if it has one. */
    public String apiIngress() {
        return cluster + "-api";
    }

    /** The Ingress of API traffic, and its Service if it has one. */
    public String gatewayIngress() {
        return cluster + "-gateway";
    }

    /** The Ingress of WebSocket APIs, and its Service if it has one. */
    public String websocketIngress() {
        return cluster + "-websocket";
    }

    /** The Ingress of WebSub, and its Service if it has one. */
    public String websubIngress() {
        return cluster + "-websub";
    }

    /** The Service that carries WebSocket and WebSub on the product's ports. */
    public String streams() {
        return cluster + "-streams";
    }

    /** The Secret into which cert-manager puts the certificate of an Ingress. */
    public String ingressCertificate(String ingress) {
        return ingress + "-tls";
    }

    /** The route of a further host name of the gateway, which can be too long to be part of another name. */
    public String gatewayRoute(String host) {
        var digest =
                UUID.nameUUIDFromBytes(host.getBytes(StandardCharsets.UTF_8)).toString();
        return gatewayIngress() + "-" + digest.replace("-", "").substring(0, 10);
    }

    /** ConfigMap with the certificate by which a proxy knows the nodes; while it is there, there may be routes. */
    public String backendAuthority() {
        return cluster + "-backend-ca";
    }

    /** Labels by which to find the objects of the resource. */
    public Map<String, String> own() {
        return Map.of(MANAGED_BY_LABEL, OPERATOR, CLUSTER_LABEL, cluster);
    }

    /** Value of {@link #OWNER_ANNOTATION}. */
    public String owner() {
        return namespace + "/" + cluster;
    }

    /** Labels that choose the pods of a tier; they can never change. */
    public Map<String, String> selector(Role role) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("app.kubernetes.io/name", "apimanagercluster");
        labels.put("app.kubernetes.io/instance", cluster);
        labels.put(COMPONENT_LABEL, role.component());
        return labels;
    }

    /** Labels of pods: the selector and what leads back to the resource, without the version, which would restart them. */
    public Map<String, String> podLabels(Role role) {
        var labels = new LinkedHashMap<>(selector(role));
        labels.put("app.kubernetes.io/part-of", "wso2-api-manager");
        labels.put(MANAGED_BY_LABEL, OPERATOR);
        labels.put(CLUSTER_LABEL, cluster);
        return labels;
    }

    /** Labels of an object of one tier. */
    public Map<String, String> labels(Role role, Object version) {
        var labels = new LinkedHashMap<>(podLabels(role));
        labels.put("app.kubernetes.io/version", version.toString());
        return labels;
    }

    /** Labels of an object that belongs to the whole deployment. */
    public Map<String, String> labels(Object version) {
        var labels = labels(Role.ALL_IN_ONE, version);
        labels.remove(COMPONENT_LABEL);
        return labels;
    }
}
