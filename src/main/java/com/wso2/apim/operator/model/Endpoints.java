package com.wso2.apim.operator.model;

import java.util.List;
import java.util.stream.Stream;

/** Every host:port, in one place: files, Services, policies and probes read the same. */
public record Endpoints(Names names, String clusterDomain) {

    /** A node's own services; the product resolves the port at run time. */
    public static final String OWN_SERVICES = "https://localhost:${mgt.transport.https.port}/services/";

    /** Where a node's own Key Manager reports revoked tokens. */
    public static final String OWN_NOTIFICATIONS =
            "https://localhost:${mgt.transport.https.port}/internal/data/v1/notify";

    /**
     * A node's own keys for JWT validation. Without it a gateway asks the public host name, which need not resolve inside
     * the cluster (seen on real servers: every call with a valid token then fails).
     */
    public static final String OWN_JWKS = "https://localhost:" + Port.HTTPS.number() + "/oauth2/jwks";

    /** A node's own broker. */
    public static final String OWN_BROKER = "tcp://localhost:" + Port.AMQP.number();

    /** Fully qualified name of a pod. */
    public String pod(Node node) {
        return names.pod(node) + "." + service(names.headlessService(node.role()), names.namespace());
    }

    /** Fully qualified name of a tier's Service, which has Ready nodes only. */
    public String service(Role role) {
        return service(names.tier(role), names.namespace());
    }

    /** Fully qualified name of a Service. */
    public String service(String name, String namespace) {
        return name + "." + namespace + ".svc." + clusterDomain;
    }

    /**
     * A host name as every namespace can tell it from others: the forms of a Service's name are one, and a name without a dot
     * is that of a Service beside the pods.
     */
    public String canonical(String host) {
        var name = host.replaceFirst("[.]$", "");
        var shorter = Stream.of(".svc." + clusterDomain, ".svc")
                .filter(name::endsWith)
                .findFirst()
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .orElse(name);
        return shorter.contains(".") || shorter.contains(":") ? shorter : shorter + "." + names.namespace();
    }

    /** A Service and its headless twin, as a client may call them: short, namespaced and fully qualified. */
    public List<String> serviceNames(Role role) {
        return Stream.of(names.tier(role), names.headlessService(role))
                .flatMap(this::forms)
                .toList();
    }

    /** A pod, as a client may call it. */
    public List<String> podNames(Role role, int ordinal) {
        var pod = names.pod(new Node(role, ordinal));
        return Stream.concat(Stream.of(pod), forms(pod + "." + names.headlessService(role)))
                .toList();
    }

    private Stream<String> forms(String name) {
        var namespaced = name + "." + names.namespace();
        return Stream.of(name, namespaced, namespaced + ".svc", namespaced + ".svc." + clusterDomain);
    }

    /** The broker of one node. */
    public String broker(Node node) {
        return "tcp://" + pod(node) + ":" + Port.AMQP.number();
    }

    /** The data-bridge receiver of one node. */
    public Wiring.Receiver receiver(Node node) {
        return new Wiring.Receiver(
                "tcp://" + pod(node) + ":" + Port.RECEIVER.number(),
                "ssl://" + pod(node) + ":" + Port.RECEIVER_TLS.number());
    }

    /** Web services of a tier, through its Service. */
    public String services(Role role) {
        return "https://" + service(role) + ":" + Port.HTTPS.number() + "/services/";
    }
}
