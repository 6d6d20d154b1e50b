package com.wso2.apim.operator.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.reconcile.Passes;
import com.wso2.apim.operator.revision.Admission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An example with another version, and without what that version refuses.
 *
 * @param refused what the version says to the example as it is, as {@code versions.yaml} has it
 */
record InVersion(String name, ProductVersion version, List<String> refused, List<String> changes) {

    private static final List<JsonNode> REFUSALS = refusals();

    /** Every example in every version. */
    static List<InVersion> all() {
        return Example.names()
                .flatMap(name -> Stream.of(ProductVersion.values()).map(version -> of(name, version)))
                .toList();
    }

    /** What a pass says to the example as it is, but for its version. */
    List<String> problemsUnchanged() {
        return Passes.problems(Example.simulation(name, change()).inputs()).stream()
                .map(Problem::toString)
                .toList();
    }

    /** What a pass says, the linter included. */
    List<Problem> problems() {
        return Passes.problems(Example.simulation(name, allChanges()).inputs());
    }

    List<String> warnings() {
        return admission().warnings();
    }

    /** deployment.toml of each node, by file. */
    Map<String, String> files() {
        var files = new TreeMap<String, String>();
        admission().targets().values().forEach(target -> files.putAll(target.files()));
        return files;
    }

    @Override
    public String toString() {
        return name + " " + version;
    }

    private Admission admission() {
        return Admission.of(Example.simulation(name, allChanges()).inputs());
    }

    private String[] allChanges() {
        return Stream.concat(Stream.of(change()), changes.stream()).toArray(String[]::new);
    }

    private String change() {
        return "{spec: {version: %s}}".formatted(version);
    }

    private static InVersion of(String name, ProductVersion version) {
        var refusals = REFUSALS.stream()
                .filter(refusal -> refusal.get("example").asText().equals(name))
                .filter(refusal -> StreamSupport.stream(refusal.get("versions").spliterator(), false)
                        .anyMatch(one -> one.asText().equals(version.toString())))
                .toList();
        return new InVersion(
                name,
                version,
                refusals.stream()
                        .map(refusal -> refusal.get("refused").asText().replace("<version>", version.toString()))
                        .toList(),
                refusals.stream()
                        .map(refusal -> refusal.get("change").toString())
                        .toList());
    }

    private static List<JsonNode> refusals() {
        ObjectMapper yaml = new YAMLMapper();
        try {
            var list = yaml.readTree(
                    Path.of("src/test/resources/examples/versions.yaml").toFile());
            return StreamSupport.stream(list.spliterator(), false).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
