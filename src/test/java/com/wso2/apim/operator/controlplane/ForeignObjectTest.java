package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody else's object that bears a name of ours. */
@OnControlPlane
class ForeignObjectTest {

    static Stream<HasMetadata> foreign() {
        return Stream.of(
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName("apim-tm")
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build(),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("apim-admin")
                        .endMetadata()
                        .withStringData(Map.of("username", "somebody", "password", "else"))
                        .build(),
                // A claim by label alone is none.
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("apim-keys")
                        .addToLabels("app.kubernetes.io/managed-by", "apim-operator")
                        .addToLabels("apim.wso2.com/cluster", "apim")
                        .endMetadata()
                        .build());
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void isNotTouchedButNamedAndNothingIsAppliedUntilItIsGone(HasMetadata foreign, Deployment deployment)
            throws IOException {
        foreign.getMetadata().setNamespace(deployment.namespace());
        var created = deployment.client().resource(foreign).create();
        var field = created.getKind() + "/" + created.getMetadata().getName();
        deployment.applyExample("minimal");

        var conflict = deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(conflict.reason()).isEqualTo("NameTaken");
        assertThat(conflict.message())
                .isEqualTo(
                        field
                                + ": exists and does not belong to this ApiManagerCluster, which needs the name: rename or delete it");
        var found = deployment.client().resource(created).get();
        assertThat(found.getMetadata().getResourceVersion())
                .isEqualTo(created.getMetadata().getResourceVersion());
        assertThat(deployment.names())
                .filteredOn(name -> name.contains("/apim") && !name.endsWith("apim-db"))
                .containsExactly(field);

        deployment.client().resource(created).delete();
        deployment.awaitReady();
    }

    @Test
    void isLeftAloneInARunningDeploymentToo(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        var services = deployment.client().services().inNamespace(deployment.namespace());
        services.withName("apim-tm")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": null, \"ownerReferences\": null}}");

        deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.message().startsWith("Service/apim-tm: "));
        var claimed = services.withName("apim-tm").get();
        deployment.awaitQuiet();
        assertThat(services.withName("apim-tm").get().getMetadata().getResourceVersion())
                .isEqualTo(claimed.getMetadata().getResourceVersion());
        assertThat(deployment.condition("Reconciling").orElseThrow().reason()).isEqualTo("Frozen");
        assertThat(deployment.condition("Available").orElseThrow().status()).isEqualTo("True");

        services.withName("apim-tm").delete();
        deployment.awaitReady();
        assertThat(deployment.names()).contains("Service/apim-tm");
    }
}
