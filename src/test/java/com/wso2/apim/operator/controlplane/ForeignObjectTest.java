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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody else's object that bears a name of ours. */
@OnControlPlane
class ForeignObjectTest {

    private static final String TAKEN =
            "exists and does not belong to this ApiManagerCluster, which needs the name: rename or delete it";

    static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of(
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
                        TAKEN),
                Arguments.of(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("apim-admin")
                                .endMetadata()
                                .withStringData(Map.of("username", "somebody", "password", "else"))
                                .build(),
                        TAKEN),
                // A claim by label alone is none.
                Arguments.of(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("apim-keys")
                                .addToLabels("app.kubernetes.io/managed-by", "apim-operator")
                                .addToLabels("apim.wso2.com/cluster", "apim")
                                .endMetadata()
                                .build(),
                        TAKEN),
                Arguments.of(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("apim-ca")
                                .addToAnnotations("apim.wso2.com/owner", "elsewhere/apim")
                                .endMetadata()
                                .withType("apim.wso2.com/retained")
                                .build(),
                        "holds keys that are kept for elsewhere/apim: if they are meant for this ApiManagerCluster, set the "
                                + "annotation apim.wso2.com/owner to NAMESPACE/apim; otherwise rename or delete it"),
                Arguments.of(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("apim-keys")
                                .addToAnnotations("apim.wso2.com/owner", "NAMESPACE/apim")
                                .endMetadata()
                                .build(),
                        "is kept for this ApiManagerCluster, but not of the type apim.wso2.com/retained, and a type cannot "
                                + "be changed: delete it and create it again with that type, or without it have new values "
                                + "made"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void isNotTouchedButNamedAndNothingIsAppliedUntilItIsGone(
            HasMetadata foreign, String message, Deployment deployment) throws IOException {
        foreign.getMetadata().setNamespace(deployment.namespace());
        foreign.getMetadata()
                .getAnnotations()
                .replaceAll((key, value) -> value.replace("NAMESPACE", deployment.namespace()));
        var created = deployment.client().resource(foreign).create();
        var field = created.getKind() + "/" + created.getMetadata().getName();
        deployment.applyExample("minimal");

        var conflict = deployment.awaitCondition(
                "ReferencesResolved", condition -> condition.status().equals("False"));
        assertThat(conflict.reason()).isEqualTo("NameTaken");
        assertThat(conflict.message()).isEqualTo(field + ": " + message.replace("NAMESPACE", deployment.namespace()));
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
