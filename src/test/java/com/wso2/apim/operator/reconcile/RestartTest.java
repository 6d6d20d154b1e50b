package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.support.Deployed;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rollout.restartedAt}. */
class RestartTest {

    private static final List<String> ONE_ROLL = List.of(
            "apim-tm-1 starts",
            "apim-tm-1 is Ready",
            "apim-tm-0 starts",
            "apim-tm-0 is Ready",
            "apim-aio-1 starts",
            "apim-aio-1 is Ready",
            "apim-aio-0 starts",
            "apim-aio-0 is Ready");

    private final Simulation simulation = Deployed.simulation();

    @Test
    void isNoAnnotationWhereNobodyAsks() {
        assertThat(templates(simulation.settle())).allSatisfy(metadata -> assertThat(metadata.getAnnotations())
                .containsOnlyKeys(Names.REVISION_ANNOTATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-01-31T08:00:00Z", "1999-12-31T23:59:59.5+05:30"})
    void restartsEveryNodeOnceWhateverTheMomentIs(String moment) {
        simulation.settle();
        var before = simulation.happened().size();

        simulation.edit(Deployed.resource("{spec: {rollout: {restartedAt: '%s'}}}".formatted(moment)));

        assertThat(templates(simulation.settle())).allSatisfy(metadata -> assertThat(metadata.getAnnotations())
                .containsEntry("apim.wso2.com/restarted-at", moment));
        simulation.settle();
        assertThat(simulation.happenedSince(before)).isEqualTo(ONE_ROLL);
    }

    @Test
    void restartsAgainForAnotherMoment() {
        simulation.settle();
        simulation.edit(Deployed.resource("{spec: {rollout: {restartedAt: '2027-01-31T08:00:00Z'}}}"));
        simulation.settle();
        var before = simulation.happened().size();

        simulation.edit(Deployed.resource("{spec: {rollout: {restartedAt: '2027-01-31T08:00:01Z'}}}"));
        simulation.settle();
        assertThat(simulation.happenedSince(before)).isEqualTo(ONE_ROLL);
    }

    @Test
    void takesAlongWhatAnotherOperatorRendersDifferently() {
        simulation.settle();
        simulation.operatorGets(Installation.UPGRADED);
        simulation.pass();
        simulation.edit(Deployed.resource("{spec: {rollout: {restartedAt: '2027-01-31T08:00:00Z'}}}"));

        assertThat(simulation.settle().of(StatefulSet.class)).allSatisfy(set -> assertThat(set.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getInitContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("apim-operator:0.2.0"));
    }

    private static List<ObjectMeta> templates(Desired desired) {
        return desired.of(StatefulSet.class).stream()
                .map(set -> set.getSpec().getTemplate().getMetadata())
                .toList();
    }
}
