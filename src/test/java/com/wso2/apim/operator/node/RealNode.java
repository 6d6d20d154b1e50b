package com.wso2.apim.operator.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A control plane with one real node, on which the images of this checkout are. */
final class RealNode implements AutoCloseable {

    static final String VERSION = "4.6.0";
    private static final String SCRIPT = Path.of("hack", "kube", "kube.sh").toString();
    private static final Path DIRECTORY = Path.of("target", "kube-node").toAbsolutePath();
    private static final Path CGROUPS = Files.isDirectory(Path.of("/sys/fs/cgroup/memory"))
            ? Path.of("/sys/fs/cgroup/memory")
            : Path.of("/sys/fs/cgroup");
    private static final Path IMAGES = Path.of("target", "node-images");

    private final KubernetesClient client;

    private RealNode() {
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build();
    }

    /** Skips the test, with the reason, where containers cannot run or the node does not come up. */
    static RealNode start(Phases phases) throws IOException {
        var check = run(List.of(SCRIPT, "node-check"));
        assumeTrue(check.code() == 0, () -> "Skipped: " + check.text().strip());
        assumeTrue(
                Files.isDirectory(Path.of("/usr/lib/postgresql")),
                "Skipped: Debian's package postgresql is not installed, out of which the databases' image is made");
        phases.begin("images are assembled");
        succeed(run(List.of("hack/image/all.sh", IMAGES.toString(), VERSION)));
        phases.begin("control plane and node start");
        // That it does not come up is no fault of what is tested, and kube.sh has removed all traces of it.
        var up = run(List.of(SCRIPT, "up", "--node"));
        assumeTrue(
                up.code() == 0,
                () -> "Skipped: no real node comes up here: " + up.text().strip());
        var node = new RealNode();
        phases.begin("images are imported");
        try {
            node.load("operator", "all-in-one", "traffic-manager", "postgres");
            return node;
        } catch (IOException | RuntimeException failure) {
            node.close();
            throw failure;
        }
    }

    private void load(String... images) throws IOException {
        var command = new ArrayList<>(List.of(SCRIPT, "load"));
        for (var image : images) {
            command.add(IMAGES.resolve(image + ".tar").toString());
        }
        succeed(run(command));
    }

    KubernetesClient client() {
        return client;
    }

    Path kubeconfig() {
        return DIRECTORY.resolve("kubeconfig");
    }

    /** A namespace that enforces the restricted Pod Security Standard. */
    void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Applies every object of a file as kubectl apply --server-side does, to a namespace where it does not name one. */
    void apply(Path file, String namespace) throws IOException {
        try (var objects = Files.newInputStream(file)) {
            client.load(objects).items().forEach(object -> apply(object, namespace));
        }
    }

    private void apply(HasMetadata object, String namespace) {
        var resource =
                object.getMetadata().getNamespace() == null && !object.getKind().equals("Namespace")
                        ? client.resource(object).inNamespace(namespace)
                        : client.resource(object);
        resource.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("kubectl")
                        .build(),
                object);
    }

    /** Most bytes that a pod's cgroup has held. */
    long peakMemory(Pod pod) {
        var name = "pod" + pod.getMetadata().getUid();
        try (var cgroups = Files.find(
                CGROUPS, 6, (path, attributes) -> path.getFileName().toString().equals(name))) {
            var cgroup = cgroups.findFirst().orElseThrow();
            var version1 = cgroup.resolve("memory.max_usage_in_bytes");
            return Long.parseLong(Files.readString(Files.exists(version1) ? version1 : cgroup.resolve("memory.peak"))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        succeed(run(List.of(SCRIPT, "down")));
    }

    private record Outcome(int code, String text) {}

    private static void succeed(Outcome outcome) {
        if (outcome.code() != 0) {
            throw new IllegalStateException(outcome.text());
        }
    }

    private static Outcome run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBE_DIR", DIRECTORY.toString());
        // A runtime of the JDK that runs the tests.
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.onExit().join().exitValue(), text);
    }
}
