package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.controlplane.PodHistory.What;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A resource that the schema lets through and from which an object follows that the API server refuses. */
@OnControlPlane
class RefusedObjectTest {

    private static final String BAD =
            "{\"spec\": {\"trafficManager\": {\"resources\": {\"limits\": {\"no such thing\": 1}}}}}";

    @Test
    void isAppliedNotEvenInPartAndSaysWhatTheServerSays(Deployment deployment) throws IOException {
        deployment.applyExample("minimal");
        deployment.awaitReady();
        deployment.awaitQuiet();
        var before = identities(deployment);
        deployment.history().clear();

        deployment.patch(BAD);
        var refused = deployment.awaitCondition(
                "ConfigurationValid", condition -> condition.status().equals("False"));
        assertThat(refused.message())
                .startsWith("StatefulSet/apim-tm: the API server refuses it: ")
                .contains("no such thing");
        assertThat(deployment.condition("Stalled").orElseThrow().status()).isEqualTo("True");
        assertThat(identities(deployment)).isEqualTo(before);

        deployment.patch("{\"spec\": {\"trafficManager\": {\"resources\": null}}}");
        deployment.awaitReady();
        // The spec is what it was, its generation is not, and that is noted with what is admitted.
        assertThat(identities(deployment))
                .filteredOn(identity -> !identity.startsWith("ConfigMap/apim-admitted/"))
                .isEqualTo(before.stream()
                        .filter(identity -> !identity.startsWith("ConfigMap/apim-admitted/"))
                        .toList());
        assertThat(deployment.history().pods(What.CREATED)).isEmpty();
    }

    private static List<String> identities(Deployment deployment) {
        return deployment.objects().stream()
                .map(object -> object.getKind() + "/" + object.getMetadata().getName() + "/"
                        + object.getMetadata().getResourceVersion())
                .toList();
    }
}
