package com.wso2.apim.operator.support;

import com.wso2.apim.operator.support.ConfigMapper.Refusal;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The servers' mapper in a process of its own: it takes values from the environment of its process and from nowhere else. */
public final class MapperProcess {

    private static final int SECONDS = 60;

    private MapperProcess() {}

    /** What one start of a server made of values: text, as the product's templates write it, or the reason of its end. */
    public record Start(Optional<String> xml, String refusal) {}

    /** Starts a server for each list of values that its environment is to hold. */
    public static List<Start> starts(ConfigMapper mapper, List<List<String>> values)
            throws IOException, InterruptedException {
        var environment = new LinkedHashMap<String, String>();
        for (int start = 0; start < values.size(); start++) {
            for (int i = 0; i < values.get(start).size(); i++) {
                environment.put(variable(start, i), values.get(start).get(i));
            }
        }
        return run(mapper, MapperProcess.class, environment);
    }

    /** Runs a main class, which prints starts, with an environment. */
    static List<Start> run(ConfigMapper mapper, Class<?> main, Map<String, String> environment)
            throws IOException, InterruptedException {
        var script = Files.createTempFile("mapper", ".sh");
        var output = Files.createTempFile("mapper", ".out");
        try {
            Files.writeString(script, script(mapper, main, environment));
            var process = new ProcessBuilder("/bin/sh", script.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            var ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError("The mapper's process has failed:\n" + Files.readString(output));
            }
            return Files.readAllLines(output).stream()
                    .filter(line -> line.startsWith("+") || line.startsWith("-"))
                    .map(MapperProcess::start)
                    .toList();
        } finally {
            Files.delete(script);
            Files.delete(output);
        }
    }

    /** In a file, because Java would encode an environment in the locale of the tests. */
    private static String script(ConfigMapper mapper, Class<?> main, Map<String, String> environment) {
        var script = new StringBuilder();
        environment.forEach((name, value) -> script.append("export %s=%s\n".formatted(name, quoted(value))));
        var classes = main.getProtectionDomain().getCodeSource().getLocation();
        // The vendor's images have a UTF-8 locale.
        return script.append("export LC_ALL=C.UTF-8\nexec ")
                .append(quoted(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString()))
                .append(" -XX:TieredStopAtLevel=1 ")
                .append(Stream.of("config-mapper.old", "config-mapper.new")
                        .map(property -> quoted("-D" + property + "=" + System.getProperty(property)))
                        .collect(Collectors.joining(" ")))
                .append(" -cp ")
                .append(quoted(Path.of(URI.create(classes.toString())).toString()))
                .append(" ")
                .append(main.getName())
                .append(" ")
                .append(mapper.name())
                .toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String variable(int start, int i) {
        return "CASE_%d_%d".formatted(start, i);
    }

    private static Start start(String line) {
        var text = new String(Base64.getDecoder().decode(line.substring(1)), StandardCharsets.UTF_8);
        return line.startsWith("+") ? new Start(Optional.of(text), "") : new Start(Optional.empty(), text);
    }

    /** The process itself. */
    public static void main(String[] arguments) {
        var mapper = ConfigMapper.valueOf(arguments[0]);
        for (int start = 0; System.getenv(variable(start, 0)) != null; start++) {
            var keys = new ArrayList<String>();
            var template = new ArrayList<String>();
            for (int i = 0; System.getenv(variable(start, i)) != null; i++) {
                keys.add("v%d = \"$env{%s}\"".formatted(i, variable(start, i)));
                template.add("<Case name=\"{{given.v%1$d}}\"><Password>{{given.v%1$d}}</Password></Case>".formatted(i));
            }
            Start made;
            try {
                var xml = mapper.render("[given]\n" + String.join("\n", keys), String.join("\n", template));
                made = new Start(Optional.of("<Cases>" + xml + "</Cases>"), "");
            } catch (Refusal refusal) {
                made = new Start(Optional.empty(), refusal.getMessage());
            }
            print(made);
        }
    }

    /** Tells the process that waits. */
    static void print(Start start) {
        System.out.println(start.xml().map(xml -> "+" + encoded(xml)).orElseGet(() -> "-" + encoded(start.refusal())));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
