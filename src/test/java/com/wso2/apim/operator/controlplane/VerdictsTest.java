package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The verdicts of GitOps tools over a whole life, on every version of the resource that the API server ever showed. */
@OnControlPlane
class VerdictsTest {

    private static final String MOVING = "InProgress, Progressing";
    private static final String DONE = "Current, Healthy";
    private static final String FAILED = "Failed, Degraded";
    private static final String GOING = "Terminating, Progressing";

    @Test
    void followAWholeLife(Deployment deployment) throws IOException {
        try (var life = new Recording(deployment)) {
            deployment.stopOperator();
            deployment.applyExample("minimal");
            assertThat(verdicts(life)).as("created, and seen by nobody").containsExactly(MOVING);
            deployment.startOperator();
            deployment.awaitReady();
            assertThat(verdicts(life)).as("first boot").containsExactly(MOVING, DONE);

            deployment.stopOperator();
            deployment.patch("{\"spec\": {\"cacheInvalidation\": {\"enabled\": false}}}");
            assertThat(verdicts(life)).as("changed, and seen by nobody").containsExactly(MOVING);
            deployment.startOperator();
            deployment.awaitReady();
            assertThat(verdicts(life)).as("roll").containsExactly(MOVING, DONE);

            deployment.client().resource(deployment.pod("apim-tm-0")).delete();
            deployment.awaitCondition("Ready", condition -> condition.status().equals("False"));
            deployment.awaitReady();
            assertThat(verdicts(life)).as("a node is lost").containsExactly(MOVING, DONE);

            deployment.patch("{\"spec\": {\"admin\": {\"secretRef\": {\"name\": \"nobody\"}}}}");
            deployment.awaitCondition("Stalled", condition -> condition.status().equals("True"));
            assertThat(verdicts(life)).as("a problem").containsExactly(MOVING, FAILED);
            deployment.createSecret("nobody", Map.of("username", "admin", "password", "secret-1"));
            deployment.awaitCondition("Stalled", condition -> condition.status().equals("False"));
            deployment.patch("{\"spec\": {\"admin\": null}}");
            deployment.awaitReady();

            life.take();
            delete(deployment);
            await().atMost(Duration.ofSeconds(60)).until(() -> deployment.resource() == null);
            assertThat(verdicts(life)).as("deletion").containsExactly(GOING);
        }
    }

    private static void delete(Deployment deployment) {
        deployment
                .client()
                .resources(ApiManagerCluster.class)
                .inNamespace(deployment.namespace())
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }

    /** The verdicts since the last call, each once for as long as it stood. */
    private static List<String> verdicts(Recording life) throws IOException {
        var versions = life.take();
        var verdicts = GitOps.judge(versions);
        assertThat(verdicts).hasSameSizeAs(versions);
        var changes = new ArrayList<String>();
        for (var i = 0; i < versions.size(); i++) {
            var verdict = verdicts.get(i).both();
            if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(verdict)) {
                changes.add(verdict);
            }
            if (verdict.equals(DONE)) {
                assertThatEveryNodeIsReadyOnItsTarget(new ObjectMapper().readTree(versions.get(i)));
            }
        }
        return changes;
    }

    private static void assertThatEveryNodeIsReadyOnItsTarget(JsonNode resource) {
        var targets = new HashMap<String, String>();
        resource.at("/status/revisions")
                .forEach(revision -> targets.put(
                        revision.at("/tier").asText(), revision.at("/target").asText()));
        assertThat(StreamSupport.stream(resource.at("/status/nodes").spliterator(), false))
                .hasSize(4)
                .allSatisfy(node -> {
                    assertThat(node.at("/ready").asBoolean()).isTrue();
                    assertThat(node.at("/revision").asText())
                            .isEqualTo(targets.get(node.at("/tier").asText()));
                });
    }
}
