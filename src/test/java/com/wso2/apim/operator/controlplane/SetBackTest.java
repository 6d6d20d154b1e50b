package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody sets back what the operator applies. */
@OnControlPlane
class SetBackTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SET_BACK =
            "Service/apim-tm-headless: metadata.labels.app.kubernetes.io/part-of was set to something "
                    + "else by %s each of the three times that it was applied: it is left as it is, and tried again every ten "
                    + "minutes; have objects with the label app.kubernetes.io/managed-by=apim-operator left alone there";
    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicy
            metadata: {name: "%1$s"}
            spec:
              failurePolicy: Fail
              reinvocationPolicy: Never
              matchConstraints:
                resourceRules:
                  - {apiGroups: [""], apiVersions: [v1], resources: [services], operations: [CREATE, UPDATE]}
              matchConditions:
                - name: one
                  expression: object.metadata.namespace == '%1$s' && object.metadata.name == 'apim-tm-headless'
              mutations:
                - patchType: JSONPatch
                  jsonPatch:
                    expression: "[JSONPatch{op: 'replace', path: '/metadata/labels/app.kubernetes.io~1part-of', value: 'all'}]"
            """;
    private static final String BINDING = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicyBinding
            metadata: {name: "%1$s"}
            spec: {policyName: "%1$s"}
            """;

    private Deployment deployment;
    private Resource<Service> service;

    @BeforeEach
    void run(Deployment deployment) throws IOException {
        this.deployment = deployment;
        deployment.run("minimal");
        service = deployment
                .client()
                .services()
                .inNamespace(deployment.namespace())
                .withName("apim-tm-headless");
    }

    @Test
    void byARuleOfAdmissionIsNotAppliedForEver() {
        var policy = deployment.client().resource(POLICY.formatted(deployment.namespace()));
        var binding = deployment.client().resource(BINDING.formatted(deployment.namespace()));
        policy.create();
        binding.create();
        try {
            await().atMost(PATIENCE).until(() -> tried("apim").equals("all"));
            setBack("someone");
            var sentence =
                    SET_BACK.formatted("somebody without a name there, such as a webhook or policy of admission,");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(warnings()).containsExactly(sentence));
            deployment.awaitQuiet();
            assertThat(deployment.events()).containsOnlyOnce("SetBack: " + sentence);
            assertThat(isOurs()).isFalse();
            assertThat(deployment.condition("Ready"))
                    .hasValueSatisfying(ready -> assertThat(ready.status()).isEqualTo("True"));
        } finally {
            deployment.stopOperator();
            binding.delete();
            policy.delete();
        }
        await().atMost(PATIENCE).until(() -> tried("apim").equals("apim"));
        deployment.startOperator();
        await().atMost(PATIENCE).until(this::isOurs);
        await().atMost(PATIENCE).until(() -> warnings().isEmpty());
    }

    @Test
    void byAnotherControllerIsLeftToItAfterThreeApplies() {
        var applies = 0;
        for (; applies < 3; applies++) {
            setBack("zealot");
            await().atMost(PATIENCE).until(this::isOurs);
        }
        setBack("zealot");
        deployment.awaitQuiet();

        assertThat(isOurs()).isFalse();
        assertThat(warnings()).containsExactly(SET_BACK.formatted("zealot"));
    }

    @Test
    void doesNotKeepAChangeOfTheSameObjectFromBeingApplied() {
        byAnotherControllerIsLeftToItAfterThreeApplies();

        deployment.patch(
                "{\"spec\": {\"trafficManager\": {\"replicas\": 1}, \"exposure\": {\"ingress\": {\"className\": \"nginx\"}}}}");
        deployment.awaitReady();

        assertThat(deployment.names()).doesNotContain("PodDisruptionBudget/apim-tm");
    }

    private void setBack(String manager) {
        service.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(manager)
                        .build(),
                "{\"metadata\": {\"labels\": {\"app.kubernetes.io/part-of\": \"all\"}}}");
    }

    /** What the API server would make of a label: it takes up and drops a policy some time after it was written. */
    private String tried(String label) {
        var tried = service.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withDryRun(List.of("All"))
                        .build(),
                "{\"metadata\": {\"labels\": {\"app.kubernetes.io/part-of\": \"%s\"}}}".formatted(label));
        return tried.getMetadata().getLabels().get("app.kubernetes.io/part-of");
    }

    private boolean isOurs() {
        return !"all".equals(service.get().getMetadata().getLabels().get("app.kubernetes.io/part-of"));
    }

    private List<String> warnings() {
        return deployment.resource().getStatus().warnings().stream()
                .filter(warning -> warning.startsWith("Service/"))
                .toList();
    }
}
