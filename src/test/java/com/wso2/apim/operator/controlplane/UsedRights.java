package com.wso2.apim.operator.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the operator did on the control planes of a whole run of the tests: each leaves a file when it ends. */
final class UsedRights {

    private static final Path FILES = Path.of("target", "used-rights");

    private UsedRights() {}

    /** Notes each right of which a user made use, in whatever namespace and whatever the answer was. */
    static void note(Path auditLog, String user) throws IOException {
        try (var lines = Files.lines(auditLog)) {
            var used = lines.filter(line -> line.contains(user))
                    .map(AuditLog::parse)
                    .filter(entry -> entry.at("/user/username").asText().equals(user))
                    .flatMap(Right::neededFor)
                    .collect(Collectors.toCollection(TreeSet::new));
            Files.createDirectories(FILES);
            Files.write(
                    Files.createTempFile(FILES, "run", ".txt"),
                    used.stream().map(Right::toString).toList());
        }
    }

    /** Takes what was noted: a later run begins anew. */
    static SortedSet<Right> take() throws IOException {
        var used = new TreeSet<Right>();
        for (var file : noted()) {
            Files.readAllLines(file).stream().map(Right::parse).forEach(used::add);
            Files.delete(file);
        }
        return used;
    }

    private static List<Path> noted() throws IOException {
        if (!Files.isDirectory(FILES)) {
            return List.of();
        }
        try (var files = Files.list(FILES)) {
            return files.toList();
        }
    }
}
