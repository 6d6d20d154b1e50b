package com.wso2.apim.operator.node;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A client, in a pod of its own, that calls the gateway's Service with new connections until it is closed. */
final class Load implements AutoCloseable {

    static final int CALLS_A_SECOND = 50;

    private static final String NAME = "caller";
    private static final Pattern UNSERVED = Pattern.compile("refused|reset|No route|unreachable");
    private static final int MOST_SECONDS = 600;

    private final PodResource pod;

    /** What has become of the calls; those that failed, each in words. */
    record Calls(int ended, List<String> failures, int slowestMilliseconds, String answers) {

        /** Those that found nobody where the Service had sent them: however busy a machine is, it does not do that. */
        List<String> unserved() {
            return failures.stream().filter(UNSERVED.asPredicate()).toList();
        }

        /** Whether calls piled up until no more were made: then servers got no processor, and what failed tells nothing of them. */
        boolean pileUp() {
            return failures.stream().anyMatch(failure -> failure.endsWith("calls are open"));
        }

        @Override
        public String toString() {
            return "%d calls, %d failed, the slowest after %d ms, answered by %s"
                    .formatted(ended, failures.size(), slowestMilliseconds, answers);
        }
    }

    /** Returns when calls are being answered. */
    Load(KubernetesClient client, String namespace) {
        client.pods().inNamespace(namespace).withName(NAME).withGracePeriod(0).delete();
        pod = client.pods().inNamespace(namespace).withName(NAME);
        await().atMost(Duration.ofSeconds(120)).until(() -> pod.get() == null);
        client.resource(pod(namespace)).create();
        await("the client calls")
                .atMost(Duration.ofSeconds(120))
                .ignoreExceptions()
                .until(() -> calls().ended() >= CALLS_A_SECOND);
    }

    /** With as much of the processors as it needs: a client that gets none while servers start would blame them. */
    private static io.fabric8.kubernetes.api.model.Pod pod(String namespace) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withRestartPolicy("Never")
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(10001L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName(NAME)
                .withImage("wso2/wso2am:" + RealNode.VERSION)
                .withImagePullPolicy("Never")
                .withCommand(
                        "java",
                        "-Xmx64m",
                        "-cp",
                        "/home/wso2carbon/wso2am-" + RealNode.VERSION + "/stand-in/classes",
                        "com.wso2.apim.operator.standin.Caller",
                        "apim-aio",
                        "8243",
                        Integer.toString(CALLS_A_SECOND),
                        Integer.toString(MOST_SECONDS))
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("500m")))
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    /** All so far. */
    Calls calls() {
        var lines = pod.getLog().lines().toList();
        var total = lines.stream()
                .filter(line -> line.startsWith("total\t"))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .split("\t");
        var failures = lines.stream()
                .filter(line -> line.startsWith("failed\t"))
                .map(line -> line.substring("failed\t".length()))
                .toList();
        return new Calls(Integer.parseInt(total[1]), failures, Integer.parseInt(total[3]), total[4]);
    }

    @Override
    public void close() {
        pod.withGracePeriod(0).delete();
    }
}
