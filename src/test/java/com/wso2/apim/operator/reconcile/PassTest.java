package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Files whose nodes would not find each other are never applied. */
class PassTest {

    private static final Names NAMES = new Names("wso2", "apim");

    @Test
    void isNotFrozenByFilesThatFit() {
        var inputs = settled().inputs();

        var pass = Pass.linted(inputs, Admission.of(inputs));

        assertThat(pass.admission().problems()).isEmpty();
        assertThat(pass.desired().prunes()).isTrue();
    }

    @Test
    void isFrozenByAFileThatDialsTheWrongNode() {
        var simulation = settled();
        var before = simulation.settle();
        var inputs = simulation.inputs();

        var pass = Pass.linted(inputs, astray(Admission.of(inputs)));

        assertThat(pass.admission().problems())
                .isNotEmpty()
                .allMatch(problem -> problem.concern() == Problem.Concern.CONFIGURATION)
                .allMatch(
                        problem -> problem.field().startsWith("apim-tm-0.toml [apim.throttling] event_duplicate_url"));
        assertThat(pass.desired().prunes()).isFalse();
        assertThat(pass.desired().of(ConfigMap.class)).isEmpty();
        assertThat(pass.desired().of(Secret.class)).isEmpty();
        assertThat(pass.desired().of(StatefulSet.class)).isEqualTo(before.of(StatefulSet.class));
        assertThat(pass.status(List.of()).conditions()).anySatisfy(condition -> {
            assertThat(condition.type()).isEqualTo("ConfigurationValid");
            assertThat(condition.status()).isEqualTo("False");
            assertThat(condition.message()).contains("apim-tm-0.toml [apim.throttling] event_duplicate_url: names ");
        });
    }

    @Test
    void startsNothingFromSuchAFile() {
        var inputs = simulation().inputs();

        var pass = Pass.linted(inputs, astray(Admission.of(inputs)));

        assertThat(pass.admission().isFrozen()).isTrue();
        assertThat(pass.desired().objects()).isEmpty();
    }

    @Test
    void tellsTheAddressOfTheFirstEnvironment() {
        var inputs = simulation("{spec: {gateway: {environments: ["
                        + "{name: Partners, hostname: partners.am.wso2.com}, {name: Default}]}}}")
                .inputs();

        assertThat(Pass.linted(inputs, Admission.of(inputs))
                        .status(List.of())
                        .endpoints()
                        .gateway())
                .isEqualTo("https://partners.am.wso2.com");
    }

    private static Simulation settled() {
        var simulation = simulation();
        simulation.settle();
        return simulation;
    }

    private static Simulation simulation(String... changes) {
        var secrets = new ArrayList<>(Retained.secrets(NAMES));
        var credentials = Map.of("username", "user", "password", "stand-in-for-the-database");
        secrets.add(Retained.secret(NAMES, "apim-db", credentials));
        secrets.add(Retained.secret(NAMES, "shared-db", credentials));
        return new Simulation(AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes), secrets);
    }

    /** With a Traffic Manager that copies its decisions to itself. */
    private static Admission astray(Admission admission) {
        var target = admission.targets().get(Role.TRAFFIC_MANAGER);
        var files = new TreeMap<>(target.files());
        files.computeIfPresent(
                "apim-tm-0.toml",
                (file, text) -> text.replace(
                        "event_duplicate_url = [\"tcp://apim-tm-1.", "event_duplicate_url = [\"tcp://apim-tm-0."));
        assertThat(files).isNotEqualTo(target.files());
        var targets = new EnumMap<>(admission.targets());
        targets.put(Role.TRAFFIC_MANAGER, new Revision("apim-tm-astray", files, target.template()));
        return new Admission(
                admission.names(),
                admission.asked(),
                admission.cluster(),
                targets,
                admission.rejection(),
                admission.sources(),
                admission.mounted(),
                admission.origin(),
                admission.update(),
                admission.problems(),
                admission.warnings());
    }
}
