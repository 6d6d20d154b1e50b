package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.TrustStoreSpec;
import com.wso2.apim.operator.api.v1alpha1.TrustStoreSpec.AdditionalAuthority;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.pki.Flaw;
import com.wso2.apim.operator.pki.GivenPem;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.Purpose;
import com.wso2.apim.operator.revision.KeyProblem.Held;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the certificates that the user adds to the trust store: of authorities, or of single servers that are to be trusted
 * for themselves. One whose time has not come yet is welcome: that is how a change of authority is prepared.
 */
final class AdditionalAuthorities {

    private final Inputs inputs;
    private final Running running;
    private final List<Problem> problems = new ArrayList<>();

    AdditionalAuthorities(Inputs inputs, Running running) {
        this.inputs = inputs;
        this.running = running;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The certificates by name of the entry, all of an entry in one text; those with a problem are left out. */
    SortedMap<String, String> read() {
        var read = new TreeMap<String, String>();
        Optional.ofNullable(inputs.resource().getSpec().truststore()).map(TrustStoreSpec::additionalCAs).stream()
                .flatMap(List::stream)
                .forEach(entry -> read(entry).ifPresent(pem -> read.put(entry.name(), pem)));
        return Collections.unmodifiableSortedMap(read);
    }

    private Optional<String> read(AdditionalAuthority entry) {
        var field = "spec.truststore.additionalCAs[%s]".formatted(entry.name());
        return entry.secretRef() != null
                ? ofSecret(field + ".secretRef", entry)
                : ofConfigMap(field + ".configMapRef", entry);
    }

    private Optional<String> ofSecret(String field, AdditionalAuthority entry) {
        var reference = entry.secretRef();
        SourceProblem.missing(inputs, field, reference.name(), reference.key()).ifPresent(problems::add);
        return inputs.secretBytes(reference.name(), reference.key())
                .flatMap(bytes -> certificates(field, entry, Held.inSecret(reference.name(), reference.key()), bytes));
    }

    private Optional<String> ofConfigMap(String field, AdditionalAuthority entry) {
        var reference = entry.configMapRef();
        var value = inputs.configMapValue(reference.name(), reference.key());
        if (value.isEmpty()) {
            problems.add(SourceProblem.NO_KEY_IN_CONFIG_MAP.at(field, reference.name(), reference.key()));
        }
        return value.flatMap(text -> certificates(
                field,
                entry,
                Held.inConfigMap(reference.name(), reference.key()),
                text.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<String> certificates(String field, AdditionalAuthority entry, Held held, byte[] bytes) {
        try {
            var certificates = GivenPem.certificates(bytes);
            var expired = certificates.stream()
                    .flatMap(pem -> Purpose.validity(pem, inputs.now()).stream()
                            .filter(flaw -> flaw.flaw() == Flaw.EXPIRED)
                            .filter(flaw -> !trusted(entry).contains(pem)))
                    .map(flaw -> KeyProblem.of(field, held, flaw))
                    .toList();
            problems.addAll(expired);
            return expired.isEmpty() ? Optional.of(String.join("", certificates)) : Optional.empty();
        } catch (InvalidKeyMaterialException e) {
            problems.add(KeyProblem.of(field, held, e.found().orElseThrow(() -> e)));
            return Optional.empty();
        }
    }

    /** What nodes trust already may expire under their hands: to freeze them then helps nobody. */
    private Set<String> trusted(AdditionalAuthority entry) {
        return new HashSet<>(
                running.trusted(KeyStoreFile.ADDITIONAL_ALIAS + entry.name()).values());
    }
}
