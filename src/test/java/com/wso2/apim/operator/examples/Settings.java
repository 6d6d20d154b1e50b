package com.wso2.apim.operator.examples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What an example says beyond the reference files: told by its expected files and the reference of its own version. */
record Settings(ConfigMapper mapper, String example) {

    private static final Path REFERENCE = Path.of("src/test/resources/reference");
    private static final Path EXAMPLES = Path.of("examples");
    private static final String STORAGE = "/storage/%s/";
    private static final List<String> SHARED = List.of("apim_db", "shared_db");

    /** The reference of a version and node, with the settings of the example. */
    ObjectNode on(ProductVersion version, String file) {
        var result = reference(version, file);
        apply(reference(Example.version(example), file), expected(version, file), result);
        takeDatabases(version, reference(version, file), result);
        dropEmptyTables(result);
        return result;
    }

    /** Key by key, because a table has also what only its version has; a list is one value. */
    private static void apply(ObjectNode before, ObjectNode after, ObjectNode result) {
        before.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !after.has(key))
                .forEach(result::remove);
        after.properties().forEach(entry -> {
            var key = entry.getKey();
            var value = entry.getValue();
            if (value.isObject()) {
                apply(table(before, key), (ObjectNode) value, within(result, key));
            } else if (!value.equals(before.get(key))) {
                result.set(key, value);
            }
        });
    }

    /** Whether a Traffic Manager reads the shared databases differs by version; which they are does not differ by tier. */
    private void takeDatabases(ProductVersion version, ObjectNode reference, ObjectNode result) {
        var ours = expected(version, "apim-aio-0.toml").get("database");
        SHARED.forEach(database -> {
            if (reference.path("database").has(database)) {
                within(result, "database").set(database, ours.get(database));
            } else {
                within(result, "database").remove(database);
            }
        });
    }

    private static void dropEmptyTables(ObjectNode tree) {
        tree.forEach(value -> {
            if (value instanceof ObjectNode table) {
                dropEmptyTables(table);
            }
        });
        tree.removeIf(value -> value.isObject() && value.isEmpty());
    }

    private static ObjectNode table(ObjectNode tree, String key) {
        return tree.get(key) instanceof ObjectNode table ? table : tree.objectNode();
    }

    private static ObjectNode within(ObjectNode tree, String key) {
        return tree.get(key) instanceof ObjectNode table ? table : tree.putObject(key);
    }

    private ObjectNode reference(ProductVersion version, String file) {
        return tree(read(REFERENCE.resolve(version.toString()).resolve(file)));
    }

    /** The example's own file; what a node keeps lies in a directory of its version. */
    private ObjectNode expected(ProductVersion version, String file) {
        return tree(read(EXAMPLES.resolve(example).resolve("expected").resolve(file))
                .replace(STORAGE.formatted(Example.version(example)), STORAGE.formatted(version)));
    }

    private ObjectNode tree(String toml) {
        return (ObjectNode) Trees.json(mapper.tree(toml));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
