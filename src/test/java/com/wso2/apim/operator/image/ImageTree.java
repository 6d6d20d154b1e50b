package com.wso2.apim.operator.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the Dockerfile puts into the image, out of a checkout whose application is built. */
record ImageTree(Path checkout) {

    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) \\S+$");

    /** Arguments of every COPY, in order: each is a layer. */
    List<String> layers() {
        return COPY.matcher(read(checkout.resolve("Dockerfile")))
                .results()
                .map((MatchResult copy) -> copy.group(1))
                .toList();
    }

    /** Digests of all files, by their paths in the checkout. */
    SortedMap<String, String> digests() {
        var digests = new TreeMap<String, String>();
        for (var layer : layers()) {
            try (var files = Files.walk(checkout.resolve(layer))) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> digests.put(checkout.relativize(file).toString(), digest(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return digests;
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
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
