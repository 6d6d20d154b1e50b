package com.wso2.apim.operator.chart;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The real helm, and the kubectl beside it. */
public final class Helm {

    /** The chart of this project. */
    public static final String CHART = "helm";

    private final Path tools;

    private Helm(Path tools) {
        this.tools = tools;
    }

    /** How a program ended, and what it said. */
    public record Outcome(int code, String output, String errors) {

        /** The output of a program that must have succeeded. */
        public String succeeded() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + "\n" + output + errors);
            }
            return output;
        }
    }

    /** Builds the tools if they are missing. */
    public static Helm find() throws IOException {
        var built = run(List.of("hack/kube/kube.sh", "bin"));
        return new Helm(Path.of(built.succeeded().strip()));
    }

    /** Runs helm. */
    public Outcome helm(String... arguments) throws IOException {
        return tool("helm", arguments);
    }

    /** Runs kubectl. */
    public Outcome kubectl(String... arguments) throws IOException {
        return tool("kubectl", arguments);
    }

    /** Renders the chart for no cluster in particular. */
    public Outcome template(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(
                "template", "apim-operator", CHART, "--namespace", "apim-operator", "--kube-version", "1.36.0"));
        all.addAll(List.of(arguments));
        return helm(all.toArray(String[]::new));
    }

    /** The objects of a text, by kind, namespace and name. */
    public static Map<String, HasMetadata> objects(String text) {
        var serialization = new KubernetesSerialization();
        var objects = new TreeMap<String, HasMetadata>();
        for (var document : text.split("(?m)^---$")) {
            if (serialization.unmarshal(document) instanceof HasMetadata object) {
                var metadata = object.getMetadata();
                objects.put(object.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName(), object);
            }
        }
        return objects;
    }

    private Outcome tool(String name, String... arguments) throws IOException {
        return run(Stream.concat(Stream.of(tools.resolve(name).toString()), Stream.of(arguments))
                .toList());
    }

    private static Outcome run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        var output = text(process.getInputStream());
        return new Outcome(process.onExit().join().exitValue(), output, errors.join());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
