package com.wso2.apim.operator.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file tree of which the operator's image is made. */
class ImageTreeIT {

    /**
     * Quarkus numbers the objects that it records in the order in which its build steps, which run side by side, come to them.
     * With one thread for them its build does not end (3.33.2), so these bytes differ from build to build.
     */
    private static final Set<String> NUMBERED_BY_CHANCE = Set.of("target/quarkus-app/quarkus/generated-bytecode.jar");

    private static final ImageTree TREE = new ImageTree(Path.of(""));

    @Test
    void whatChangesMostIsInTheLastAndSmallestLayer() throws IOException {
        assertThat(TREE.layers()).last().isEqualTo("target/quarkus-app/app/");
        assertThat(size(TREE.layers().get(TREE.layers().size() - 1))).isLessThan(2_000_000);
    }

    @Test
    void theApplicationIsInTheTreeWhole() throws IOException {
        try (var files = Files.walk(Path.of("target", "quarkus-app"))) {
            assertThat(TREE.digests().keySet())
                    .containsAll(files.filter(Files::isRegularFile)
                            .map(Path::toString)
                            .filter(file -> !file.endsWith("quarkus-app-dependencies.txt"))
                            .toList());
        }
    }

    @Test
    void anotherBuildOfTheSameSourcesGivesTheSameTree(@TempDir Path checkout) throws IOException, InterruptedException {
        copySources(checkout);
        build(checkout);
        var again = new ImageTree(checkout).digests();
        var first = TREE.digests();

        assertThat(again.keySet()).isEqualTo(first.keySet());
        assertThat(first.keySet())
                .filteredOn(file -> !first.get(file).equals(again.get(file)))
                .isSubsetOf(NUMBERED_BY_CHANCE);
    }

    private static void copySources(Path to) throws IOException {
        for (var root : List.of("pom.xml", "Dockerfile", "licences", "src/main")) {
            try (var files = Files.walk(Path.of(root))) {
                for (var file : files.filter(Files::isRegularFile)
                        .sorted(Comparator.reverseOrder())
                        .toList()) {
                    Files.createDirectories(to.resolve(file).getParent());
                    Files.copy(file, to.resolve(file));
                }
            }
        }
    }

    private static void build(Path checkout) throws IOException, InterruptedException {
        var maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
        var log = Path.of("target", "image-tree-build.log").toFile();
        var build = new ProcessBuilder(
                        maven, "-B", "-ntp", "-q", "package", "-Dmaven.test.skip", "-Dspotless.check.skip")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        assertThat(build.start().waitFor()).as("see %s", log).isZero();
    }

    private static long size(String layer) throws IOException {
        try (var files = Files.walk(Path.of(layer))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
