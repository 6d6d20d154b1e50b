package com.wso2.apim.operator.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/** What the Dockerfile puts into the image, out of a checkout whose application is built. */
record ImageTree(Path checkout) {

    /** Quarkus orders these by absolute paths (3.33.2): the checkout's may come before or after that of the libraries. */
    private static final Map<String, Function<byte[], byte[]>> ORDERED_BY_PATH = Map.of(
            "target/quarkus-app/quarkus/transformed-bytecode.jar", ImageTree::inOrderOfNames,
            "target/quarkus-app/quarkus/quarkus-application.dat", ImageTree::inOrderOfValues);

    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) \\S+$");

    /** Arguments of every COPY, in order: each is a layer. */
    List<String> layers() {
        return COPY.matcher(read(checkout.resolve("Dockerfile")))
                .results()
                .map((MatchResult copy) -> copy.group(1))
                .toList();
    }

    /** Digests of all files, by their paths in the checkout; of what is ordered by that path, digests in another order. */
    SortedMap<String, String> digests() {
        var digests = new TreeMap<String, String>();
        for (var layer : layers()) {
            try (var files = Files.walk(checkout.resolve(layer))) {
                files.filter(Files::isRegularFile).forEach(file -> {
                    var name = checkout.relativize(file).toString();
                    var ordered = ORDERED_BY_PATH.getOrDefault(name, Function.identity());
                    digests.put(name, digest(ordered.apply(bytes(file))));
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return digests;
    }

    private static byte[] inOrderOfNames(byte[] archive) {
        var entries = new TreeMap<String, String>();
        try (var opened = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = opened.getNextEntry(); entry != null; entry = opened.getNextEntry()) {
                entries.put(entry.getName(), entry.getTime() + " " + digest(opened.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] inOrderOfValues(byte[] index) {
        var sorted = index.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
