package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Values of Secrets, given and generated. */
@OnControlPlane
class PlantedValuesTest {

    @Test
    void standInNoConfigMapNoLogLineNoEventAndNoStatus(Deployment deployment) throws IOException {
        try (var log = new CapturedLog()) {
            deployment.createSecret("apim-db", Map.of("username", "planted-user-1", "password", "planted-password-1"));
            // A character that no version can carry: the message must name it, not the value.
            deployment.createSecret(
                    "shared-db", Map.of("username", "planted-user-2", "password", "planted${password-2"));
            deployment.createSecret("boss", Map.of("username", "planted-boss", "password", "planted&pass/word@3"));
            deployment.load("minimal", "cr.yaml").forEach(deployment::create);
            deployment.patch("{\"spec\": {\"admin\": {\"secretRef\": {\"name\": \"boss\"}}}}");
            var refused = deployment.awaitCondition(
                    "ConfigurationValid", condition -> condition.status().equals("False"));
            assertThat(refused.message())
                    .contains(
                            "key 'password' of Secret 'shared-db' holds the characters ${, which version 4.5.0 cannot carry");
            deployment.createOrReplaceSecret(
                    "shared-db", Map.of("username", "planted-user-2", "password", "planted-password-2"));
            deployment.awaitReady();
            deployment.patch("{\"spec\": {\"cacheInvalidation\": {\"enabled\": false}}}");
            deployment.awaitReady();

            var told = new ArrayList<String>(log.lines());
            told.addAll(deployment.events());
            told.add(Serialization.asYaml(deployment.resource()));
            deployment.objects().stream()
                    .filter(object -> !(object instanceof Secret))
                    .map(Serialization::asYaml)
                    .forEach(told::add);
            var secrets = deployment.objects().stream()
                    .filter(Secret.class::isInstance)
                    .map(Secret.class::cast)
                    .flatMap(PlantedValuesTest::values)
                    .toList();
            assertThat(secrets)
                    .contains(
                            "planted-password-1",
                            "planted-password-2",
                            "planted&pass/word@3",
                            "planted&amp;pass/word@3",
                            "planted%26pass%2Fword%403");
            assertThat(told).allSatisfy(text -> assertThat(secrets).noneMatch(text::contains));
        }
    }

    /** Every value as it is and as a Secret holds it; user names such as "apim" are words of their own. */
    private static Stream<String> values(Secret secret) {
        return secret.getData().values().stream()
                .flatMap(encoded -> Stream.of(
                        encoded, new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1)))
                .filter(value -> value.length() > "planted".length());
    }

    /** Everything that the JVM logs. */
    private static final class CapturedLog extends Handler implements AutoCloseable {

        private final List<String> lines = new ArrayList<>();

        CapturedLog() {
            Logger.getLogger("").addHandler(this);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public synchronized void publish(LogRecord logged) {
            lines.add(logged.getMessage() + " "
                    + List.of(logged.getParameters() == null ? new Object[0] : logged.getParameters()) + " "
                    + logged.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            Logger.getLogger("").removeHandler(this);
        }
    }
}
