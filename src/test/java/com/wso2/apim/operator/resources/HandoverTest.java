package com.wso2.apim.operator.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Referenced;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.pki.CertificateDetails;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Revision;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Progress;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.GivenSecrets;
import com.wso2.apim.operator.support.Handshake;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Made;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.Simulation;
import com.wso2.apim.operator.toml.Environment;
import com.wso2.apim.operator.toml.KeyStoreFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From one TLS certificate to another that nobody trusts yet: three rolls, in which every node trusts every other. */
class HandoverTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final String GENERATED = "spec: {}";
    private static final List<Secret> RETAINED = Retained.secrets(NAMES);
    private static final List<String> HOSTS = hosts();

    /** What is in the cluster at some moment. */
    private record Moment(String change, List<Secret> given, Map<String, HasMetadata> objects, List<Pod> pods) {

        Inputs inputs() {
            var resource = AdmittedResource.of(Path.of("examples", "minimal", "cr.yaml"), change);
            var secrets = new HashMap<String, Secret>();
            given.forEach(secret -> secrets.put(secret.getMetadata().getName(), secret));
            objects.values().stream()
                    .filter(Secret.class::isInstance)
                    .map(Secret.class::cast)
                    .forEach(secret -> secrets.put(secret.getMetadata().getName(), secret));
            var references = Referenced.by(NAMES, resource.getSpec(), List.copyOf(objects.values()));
            secrets.keySet().retainAll(references.secrets());
            return new Inputs(
                    resource,
                    Installation.SETTINGS,
                    secrets,
                    Map.of(),
                    List.of(),
                    List.copyOf(objects.values()),
                    pods,
                    GatewayApi.ABSENT,
                    false,
                    Simulation.START,
                    new SecureRandom());
        }

        Admission admission() {
            var admission = Admission.of(inputs());
            assertThat(admission.problems()).isEmpty();
            return admission;
        }

        Moment with(String otherChange, Secret... others) {
            var all = new ArrayList<>(given);
            all.addAll(List.of(others));
            return new Moment(otherChange, all, objects, pods);
        }

        /** Some pods run what is admitted now, the others what they ran. */
        Moment rolled(int count) {
            // Once: what is generated differs from pass to pass until it is kept.
            var admission = admission();
            var targets = new EnumMap<Role, String>(Role.class);
            admission.targets().forEach((role, target) -> targets.put(role, target.name()));
            var isOver = count == 4;
            var settled = isOver ? targets : settled();
            var keep = new HashSet<>(settled.values());
            pods.forEach(pod -> keep.add(revision(pod)));
            var plan = new Plan(Map.of(), isOver ? Set.of() : keep, settled, Phase.ROLLING, "");
            var next = new LinkedHashMap<String, HasMetadata>();
            DesiredResources.of(inputs(), admission, plan, Progress.of(inputs(), admission, plan))
                    .objects()
                    .forEach(object -> next.put(key(object), object));
            var moved = new ArrayList<Pod>();
            for (var role : Role.values()) {
                for (int ordinal : List.of(0, 1)) {
                    var place = moved.size();
                    moved.add(place < count ? pod(role, ordinal, targets.get(role)) : pods.get(place));
                }
            }
            return new Moment(change, given, next, moved);
        }

        private Map<Role, String> settled() {
            var data = ((ConfigMap) objects.get("ConfigMap/apim-admitted")).getData();
            return Stream.of(Role.values())
                    .collect(Collectors.toMap(role -> role, role -> data.get(role.component() + ".settled")));
        }

        /** Stores of every node, by its revision. */
        Map<String, Stores> stores() {
            var stores = new HashMap<String, Stores>();
            pods.forEach(pod -> stores.computeIfAbsent(revision(pod), this::stores));
            return stores;
        }

        private Stores stores(String revision) {
            var names = Revision.stored((ConfigMap) objects.get("ConfigMap/" + revision))
                    .orElseThrow()
                    .secrets();
            var data = new HashMap<String, String>();
            names.forEach(name -> data.putAll(((Secret) objects.get("Secret/" + name)).getData()));
            return new Stores(data);
        }
    }

    private record Stores(Map<String, String> data) {

        KeyStore open(KeyStoreFile file) throws Exception {
            var store = KeyStore.getInstance(KeyStoreFile.TYPE);
            store.load(
                    new ByteArrayInputStream(Base64.getDecoder().decode(data.get(file.fileName()))),
                    password().toCharArray());
            return store;
        }

        String password() {
            return new String(Base64.getDecoder().decode(data.get(Environment.TLS_KEYSTORE_PASSWORD.variable())));
        }
    }

    @ParameterizedTest
    @CsvSource({"first, second", "generated, first", "first, generated"})
    void isThreeRollsInWhichEveryNodeTrustsEveryOther(String from, String to) throws Exception {
        var moment = new Moment(source(from), given(from), Map.of(), List.of()).rolled(4);
        assertThat(moment.admission().targets().values().stream().map(target -> target.name()))
                .containsAll(moment.stores().keySet());
        var shown = new ArrayList<String>();
        var before = subject(moment);

        moment = moment.with(source(to), given(to).toArray(Secret[]::new));
        for (int roll = 0; roll < 3; roll++) {
            var targets = moment.admission().targets();
            for (int count = 1; count <= 4; count++) {
                moment = moment.rolled(count);
                trustEachOther(moment);
                if (count < 4) {
                    assertThat(moment.admission().targets()).isEqualTo(targets);
                }
            }
            shown.add(subject(moment) + " by " + authorities(moment));
        }

        var after = subject(moment);
        assertThat(after).isNotEqualTo(before);
        assertThat(shown).containsExactly(before + " by 2", after + " by 2", after + " by 1");
        assertThat(moment.admission().targets().values())
                .extracting(target -> target.name())
                .containsExactlyInAnyOrderElementsOf(moment.stores().keySet());
    }

    private static void trustEachOther(Moment moment) throws Exception {
        for (var server : moment.stores().values()) {
            for (var client : moment.stores().values()) {
                var handshake = new Handshake(
                        server.open(KeyStoreFile.TLS),
                        server.password(),
                        client.open(KeyStoreFile.TRUST),
                        Simulation.START);
                assertThat(handshake.with("apim-aio-0.apim-aio-headless.wso2.svc.cluster.local"))
                        .startsWith("CN=");
            }
        }
    }

    private static String subject(Moment moment) throws Exception {
        var store = moment.stores().values().iterator().next().open(KeyStoreFile.TLS);
        return ((X509Certificate) store.getCertificate(KeyStoreFile.ALIAS))
                .getIssuerX500Principal()
                .getName();
    }

    private static long authorities(Moment moment) throws Exception {
        var store = moment.stores().values().iterator().next().open(KeyStoreFile.TRUST);
        return Collections.list(store.aliases()).stream()
                .filter(alias -> alias.matches("ca(\\.[0-9]+)?"))
                .count();
    }

    private static String source(String name) {
        return name.equals("generated")
                ? "spec: {keystores: {tls: {source: Generated}}}"
                : "spec: {keystores: {tls: {source: Secret, secret: {name: %s}}}}".formatted(name);
    }

    private static List<Secret> given(String name) {
        var secrets = new ArrayList<>(RETAINED);
        secrets.add(GivenSecrets.ofTexts("apim-db", "username", "apim", "password", "apim-password"));
        secrets.add(GivenSecrets.ofTexts("shared-db", "username", "shared", "password", "shared-password"));
        if (!name.equals("generated")) {
            var authority = Made.named("CA of the " + name).authority().made();
            var made = Made.named(name).by(authority).covering(HOSTS).made();
            secrets.add(GivenSecrets.with(
                    GivenSecrets.ofTexts(name, "tls.crt", made.certificates(), "tls.key", made.key()),
                    "ca.crt",
                    GivenSecrets.bytes(made.authority())));
        }
        return secrets;
    }

    private static List<String> hosts() {
        var admission = new Moment(GENERATED, given("generated"), Map.of(), List.of()).admission();
        return CertificateDetails.of(
                        admission.sources().orElseThrow().keys().tls().certificates())
                .dnsNames();
    }

    private static Pod pod(Role role, int ordinal, String revision) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("%s-%d".formatted(NAMES.tier(role), ordinal))
                .addToAnnotations(Names.REVISION_ANNOTATION, revision)
                .endMetadata()
                .build();
    }

    private static String revision(Pod pod) {
        return pod.getMetadata().getAnnotations().get(Names.REVISION_ANNOTATION);
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }
}
