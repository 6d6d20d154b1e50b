package com.wso2.apim.operator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The servers' own reader of deployment.toml, in the two versions that differ, each beside its own libraries. */
public enum ConfigMapper {
    /** That of 4.3 to 4.6. */
    OLD("config-mapper.old"),
    /** The newest; that of 4.7 is between the two. */
    NEW("config-mapper.new");

    /** What it needs besides templates; the product's own are larger, not different. */
    private static final Set<String> RESOURCES =
            Set.of("key-mappings.json", "infer.json", "default.json", "validator.json", "unit-resolve.json");

    private static final String TEMPLATE = """
            hostname={{server.hostname}}
            password={{super_admin.password}}
            """;

    private final Method parse;
    private final Method parsed;
    private final Method parseToml;
    private final Method entries;
    private final Method elements;

    ConfigMapper(String property) {
        try {
            var loader = loader(Path.of(System.getProperty(property)));
            var parser = loader.loadClass("org.wso2.config.mapper.ConfigParser");
            parse = parser.getMethod("parse", String.class, String.class, String.class);
            parsed = parser.getMethod("getParsedConfigs");
            parseToml = loader.loadClass("net.consensys.cava.toml.Toml").getMethod("parse", String.class);
            entries = loader.loadClass("net.consensys.cava.toml.TomlTable").getMethod("toMap");
            elements = loader.loadClass("net.consensys.cava.toml.TomlArray").getMethod("toList");
        } catch (ReflectiveOperationException | IOException e) {
            throw new IllegalStateException(property + " names no complete config-mapper", e);
        }
    }

    /** Why the server would not start. */
    public static final class Refusal extends RuntimeException {

        Refusal(String reason, Throwable cause) {
            super(reason, cause);
        }
    }

    /**
     * What the server makes of a file: every key with its tables, dotted, lists of tables below them, references resolved.
     *
     * @throws Refusal with what it says, if it would not start
     */
    @SuppressWarnings("unchecked")
    public Map<String, Object> read(String deploymentToml) {
        render(deploymentToml, TEMPLATE);
        try {
            return (Map<String, Object>) parsed.invoke(null);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What the server makes of a template with the values of a file.
     *
     * @throws Refusal with what it says, if it would not start
     */
    public String render(String deploymentToml, String template) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // Its template engine looks its own classes up there.
        thread.setContextClassLoader(parse.getDeclaringClass().getClassLoader());
        try (var complaints = new Complaints();
                var server = new ServerHome(deploymentToml, template)) {
            try {
                parse.invoke(null, server.path("conf/deployment.toml"), server.path("resources"), server.path("out"));
            } catch (InvocationTargetException e) {
                throw new Refusal(complaints.and(e.getCause()), e.getCause());
            }
            return server.rendered();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The tree that its TOML parser alone, which leaves out what it does not understand, makes of a text. */
    public Object tree(String toml) {
        try {
            return plain(parseToml.invoke(null, toml));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object plain(Object parsedValue) throws ReflectiveOperationException {
        if (entries.getDeclaringClass().isInstance(parsedValue)) {
            var table = new LinkedHashMap<String, Object>();
            for (var entry : ((Map<?, ?>) entries.invoke(parsedValue)).entrySet()) {
                table.put((String) entry.getKey(), plain(entry.getValue()));
            }
            return table;
        }
        if (elements.getDeclaringClass().isInstance(parsedValue)) {
            var list = new ArrayList<Object>();
            for (var element : (List<?>) elements.invoke(parsedValue)) {
                list.add(plain(element));
            }
            return list;
        }
        return parsedValue;
    }

    private static URLClassLoader loader(Path directory) throws IOException {
        try (var jars = Files.list(directory)) {
            return new URLClassLoader(
                    jars.map(ConfigMapper::url).toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directories of one start, which the mapper compares with those of the start before. */
    private static final class ServerHome implements AutoCloseable {

        private static final String RENDERED = "some.properties";

        private final Path home;

        ServerHome(String deploymentToml, String template) {
            try {
                home = Files.createTempDirectory("server").toRealPath();
                Files.createDirectories(home.resolve("out"));
                var templates = Files.createDirectories(home.resolve("resources/templates"));
                Files.writeString(templates.resolve(RENDERED + ".j2"), template);
                for (var resource : RESOURCES) {
                    Files.writeString(home.resolve("resources").resolve(resource), "{}");
                }
                Files.writeString(
                        Files.createDirectories(home.resolve("conf")).resolve("deployment.toml"), deploymentToml);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String path(String relative) {
            return home.resolve(relative).toString();
        }

        String rendered() {
            try {
                return Files.readString(home.resolve("out").resolve(RENDERED));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What it logs as an error: its exception only says that there was one. */
    private static final class Complaints extends Handler implements AutoCloseable {

        private static final Logger LOG = Logger.getLogger("org.wso2.config.mapper");

        private final List<String> errors = new ArrayList<>();

        Complaints() {
            LOG.setUseParentHandlers(false);
            LOG.addHandler(this);
        }

        String and(Throwable cause) {
            errors.add(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
            return String.join("; ", errors);
        }

        @Override
        public void publish(LogRecord message) {
            if (message.getLevel().intValue() >= Level.SEVERE.intValue()) {
                errors.add(message.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            LOG.removeHandler(this);
        }
    }
}
