package com.wso2.apim.operator.toml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One overlay as somebody would paste it, and what must come of it. In the files under {@code overlays/} a case is
 *
 * <pre>
 * === what it shows
 * in: allInOne 4.5.0
 * (TOML; ␍ ␉ ⌷ stand for a carriage return, a tab and a byte order mark)
 * --- (and then, each line alone)
 * /json/pointer = value that it adds to, or changes in, what is rendered without it
 * problem: …
 * warning: …
 * </pre>
 */
record OverlayCase(
        String name,
        String part,
        String version,
        String toml,
        List<String> values,
        List<String> problems,
        List<String> warnings) {

    private static final Path DIRECTORY = Path.of("src/test/resources/overlays");

    static List<OverlayCase> all() {
        try (var files = Files.list(DIRECTORY)) {
            return files.sorted().flatMap(OverlayCase::cases).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<OverlayCase> cases(Path file) {
        try {
            return Stream.of(Files.readString(file).split("(?m)^=== "))
                    .skip(1)
                    .map(text -> of(file.getFileName() + ": ", text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OverlayCase of(String file, String text) {
        var lines = text.split("\n", 3);
        var in = lines[1].substring("in: ".length()).split(" ");
        var parts = ("\n" + lines[2]).split("\n---\n", 2);
        var values = new ArrayList<String>();
        var problems = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        parts[1].lines().filter(line -> !line.isBlank()).forEach(line -> {
            if (line.startsWith("problem: ")) {
                problems.add(line.substring("problem: ".length()));
            } else if (line.startsWith("warning: ")) {
                warnings.add(line.substring("warning: ".length()));
            } else {
                values.add(line);
            }
        });
        var toml = parts[0].substring(1).replace('␍', '\r').replace('␉', '\t').replace('⌷', '\uFEFF');
        return new OverlayCase(file + lines[0], in[0], in[1], toml + "\n", values, problems, warnings);
    }

    @Override
    public String toString() {
        return name;
    }
}
