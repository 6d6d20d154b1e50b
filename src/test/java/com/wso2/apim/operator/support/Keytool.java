package com.wso2.apim.operator.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The JDK's own tool for key stores: a program that we did not write. */
public final class Keytool {

    private static final int PATIENCE_SECONDS = 60;

    private Keytool() {}

    /**
     * Runs it.
     *
     * @return what it said
     * @throws AssertionError if it fails, with what it said
     */
    public static String run(String... arguments) {
        var program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = Stream.concat(
                        Stream.of(program, "-J-Duser.language=en", "-J-XX:TieredStopAtLevel=1"), Stream.of(arguments))
                .toList();
        try {
            return run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it says of a store, whose integrity it checks by the password first. */
    public static String list(String type, byte[] store, String password) {
        try {
            var file = Files.createTempFile("store", "." + type);
            try {
                Files.write(file, store);
                return run("-list", "-v", "-storetype", type, "-keystore", file.toString(), "-storepass", password);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile("keytool", ".txt");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("keytool does not end");
            }
            var text = Files.readString(output);
            if (process.exitValue() != 0) {
                throw new AssertionError(text);
            }
            return text;
        } finally {
            Files.delete(output);
        }
    }
}
