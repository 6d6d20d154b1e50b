package com.wso2.apim.operator.controlplane;

import com.wso2.apim.operator.api.GeneratedCrd;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real control plane for the tests. The shared one is started on first use and ended with the JVM's tests; the CRD and the
 * operator's RBAC are installed in it from the files that are shipped.
 */
final class ControlPlane implements AutoCloseable {

    /** Tests run in several JVMs at a time. */
    private static final String DIRECTORY = System.getProperty("kube-test", "kube-test");

    private static final String SERVICE_ACCOUNT = "apim-operator";
    private static final Path SCRIPT = Path.of("hack", "kube", "kube.sh");
    private final Path directory;
    private final Config admin;
    private final KubernetesClient client;

    private ControlPlane(String directory) throws IOException {
        this.directory = Path.of("target", directory).toAbsolutePath();
        kube("up");
        admin = Config.fromKubeconfig(kubeconfig().toFile());
        client = clientBuilder().withConfig(admin).build();
    }

    /** One of a test's own, without CRD and RBAC. */
    static ControlPlane bare() throws IOException {
        return new ControlPlane(DIRECTORY + "-bare");
    }

    private static ControlPlane shared() throws IOException {
        var controlPlane = new ControlPlane(DIRECTORY);
        controlPlane.install();
        return controlPlane;
    }

    private void install() throws IOException {
        apply(GeneratedCrd.COMMITTED);
        apply(Path.of("deploy", "namespace.yaml"));
        apply(Path.of("deploy", "rbac.yaml"));
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("apimanagerclusters.apim.wso2.com")
                .waitUntilCondition(
                        crd -> crd.getStatus() != null
                                && crd.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    /** The administrator's client: what a user, or a cluster's own machinery, does. */
    KubernetesClient client() {
        return client;
    }

    /** A client that may do what the shipped RBAC allows the operator, and no more. */
    KubernetesClient operatorClient() {
        return operatorClient(List.of());
    }

    /** The same, with interceptors in its way. */
    KubernetesClient operatorClient(List<Interceptor> interceptors) {
        return clientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(admin.getMasterUrl())
                        .withCaCertData(admin.getCaCertData())
                        .withCaCertFile(admin.getCaCertFile())
                        .withOauthToken(operatorToken())
                        .build())
                .withHttpClientBuilderConsumer(builder -> interceptors.forEach(interceptor ->
                        builder.addOrReplaceInterceptor(interceptor.getClass().getName(), interceptor)))
                .build();
    }

    /** Clients that end their threads when they are closed: Quarkus' own leave that to the application that they belong to. */
    private static KubernetesClientBuilder clientBuilder() {
        return new KubernetesClientBuilder().withHttpClientFactory(new VertxHttpClientFactory());
    }

    /** The administrator's kubeconfig. */
    Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** A kubeconfig with the rights of the shipped ServiceAccount. */
    Path operatorKubeconfig() throws IOException {
        var kubeconfig = Files.readString(kubeconfig());
        var file = Files.createTempFile(directory.getParent(), "operator", ".kubeconfig");
        file.toFile().deleteOnExit();
        return Files.writeString(
                file,
                kubeconfig.replace(
                        admin.getAutoOAuthToken() == null ? admin.getOauthToken() : admin.getAutoOAuthToken(),
                        operatorToken()));
    }

    private String operatorToken() {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(Duration.ofHours(4).toSeconds())
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(SERVICE_ACCOUNT)
                .withName(SERVICE_ACCOUNT)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    /** Lines of the audit log. */
    Path auditLog() {
        return directory.resolve("audit.log");
    }

    /** User name of the operator in the audit log. */
    String operatorUser() {
        return "system:serviceaccount:" + SERVICE_ACCOUNT + ":" + SERVICE_ACCOUNT;
    }

    /** Applies every object of a file as kubectl apply --server-side does. */
    List<HasMetadata> apply(Path file) throws IOException {
        try (var objects = Files.newInputStream(file)) {
            return client.load(objects).items().stream().map(this::apply).toList();
        }
    }

    /** The directory of a Go module that is read for its CRDs. */
    Path module(String module) throws IOException {
        var process = new ProcessBuilder(SCRIPT.toString(), "crds", module)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var directory = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(SCRIPT + " crds " + module + " failed");
        }
        return Path.of(directory);
    }

    /** Runs commands as the administrator, with this control plane's kubectl, and returns what they print. */
    String shell(Path directory, String commands) throws IOException {
        var tools = new ProcessBuilder(SCRIPT.toString(), "bin")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var bin = new String(tools.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().put("KUBECONFIG", kubeconfig().toAbsolutePath().toString());
        shell.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
        var process = shell.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(commands + ": " + printed);
        }
        return printed;
    }

    /** Applies an object as kubectl apply --server-side does. */
    <T extends HasMetadata> T apply(T object) {
        return client.resource(object)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("kubectl")
                                .build(),
                        object);
    }

    @Override
    public void close() throws IOException {
        UsedRights.note(auditLog(), operatorUser());
        client.close();
        kube("down");
    }

    private void kube(String command) throws IOException {
        var process = new ProcessBuilder(SCRIPT.toString(), command).inheritIO();
        process.environment().put("KUBE_DIR", directory.toString());
        process.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        if (process.start().onExit().join().exitValue() != 0) {
            throw new IllegalStateException(SCRIPT + " " + command + " failed");
        }
    }

    /** Gives tests the one control plane of this run. */
    static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return Stream.of(ControlPlane.class, Deployment.class)
                    .anyMatch(parameter.getParameter().getType()::equals);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            // Of the session: where several JVMs share the tests, each class is an execution of its own.
            var controlPlane = context.getStore(
                            ExtensionContext.StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(ControlPlane.class, type -> start(), ControlPlane.class);
            return parameter.getParameter().getType().equals(ControlPlane.class)
                    ? controlPlane
                    : context.getStore(ExtensionContext.Namespace.create(context.getUniqueId()))
                            .computeIfAbsent(Deployment.class, type -> new Deployment(controlPlane), Deployment.class);
        }

        private static ControlPlane start() {
            try {
                return shared();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
