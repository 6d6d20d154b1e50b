package com.wso2.apim.operator.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The API server's own account of what the operator did in one namespace, or, without a name, in none. It is read from
 * {@code start}, in bytes: what stands before it is from before the namespace, and grows with every test of a run.
 */
record AuditLog(Path file, long start, String user, String namespace, Predicate<JsonNode> filter) {

    private static final String CREDENTIAL = "/user/extra/authentication.kubernetes.io~1credential-id/0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> NOT_COUNTED = Set.of("events", "leases");

    AuditLog(Path file, String user, String namespace) {
        this(file, 0, user, namespace, entry -> true);
    }

    /** What will be written from now on. */
    AuditLog fromNow() {
        try {
            return new AuditLog(file, Files.size(file), user, namespace, filter);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was done with the token of this kubeconfig. */
    AuditLog by(Path kubeconfig) throws IOException {
        var token = Config.fromKubeconfig(kubeconfig.toFile()).getAutoOAuthToken();
        var claims = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
        var credential = "JTI=" + claims.at("/jti").asText();
        return and(entry -> entry.at(CREDENTIAL).asText().equals(credential));
    }

    /** What reached the API server at this moment or later. */
    AuditLog since(Instant moment) {
        return and(entry ->
                !Instant.parse(entry.at("/requestReceivedTimestamp").asText()).isBefore(moment));
    }

    private AuditLog and(Predicate<JsonNode> further) {
        return new AuditLog(file, start, user, namespace, filter.and(further));
    }

    /** Every write but Events and Leases, as verb, resource, name and answer, in order. */
    List<String> writes() {
        return requests(entry -> !READS.contains(entry.at("/verb").asText())
                && !NOT_COUNTED.contains(entry.at("/objectRef/resource").asText()));
    }

    /** Every request, reads too. */
    List<String> requests() {
        return requests(entry -> true);
    }

    /** Every request that was refused for want of a right, but those that a namespace on its way out refuses to all. */
    List<String> forbidden() {
        return requests(entry -> entry.at("/responseStatus/code").asInt() == HttpURLConnection.HTTP_FORBIDDEN
                && !entry.at("/responseStatus").toString().contains("being terminated"));
    }

    /** Lists and watches of a resource, in this namespace or in all, by their addresses. */
    List<String> collections(String resource) {
        return entries(line -> line.contains(resource)).stream()
                .filter(entry -> Set.of("", namespace)
                        .contains(entry.at("/objectRef/namespace").asText()))
                .filter(entry -> entry.at("/objectRef/resource").asText().equals(resource))
                .filter(entry ->
                        Set.of("list", "watch").contains(entry.at("/verb").asText()))
                .map(entry -> entry.at("/requestURI").asText())
                .toList();
    }

    /** Number of passes: each reads this Secret once. */
    int passes() {
        return requests(entry -> entry.at("/verb").asText().equals("get")
                        && entry.at("/objectRef/resource").asText().equals("secrets")
                        && entry.at("/objectRef/name").asText().equals("apim-ca"))
                .size();
    }

    private List<String> requests(Predicate<JsonNode> wanted) {
        return entries(line -> line.contains(namespace)).stream()
                .filter(entry -> entry.at("/objectRef/namespace").asText().equals(namespace))
                .filter(wanted)
                .map(AuditLog::text)
                .toList();
    }

    /** The operator's entries; lines that cannot be wanted are not parsed. */
    private List<JsonNode> entries(Predicate<String> mayBeWanted) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(start);
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(mayBeWanted)
                    .map(AuditLog::parse)
                    .filter(entry -> entry.at("/user/username").asText().equals(user))
                    .filter(filter)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode entry) {
        var object = entry.at("/objectRef");
        return "%s %s%s/%s %s"
                .formatted(
                        entry.at("/verb").asText(),
                        object.at("/resource").asText(),
                        object.has("subresource")
                                ? "." + object.at("/subresource").asText()
                                : "",
                        object.at("/name").asText(),
                        entry.at("/responseStatus/code").asText());
    }

    /** One line of the log. */
    static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
