package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.pki.CertificateAuthority;
import com.wso2.apim.operator.pki.InvalidKeyMaterialException;
import com.wso2.apim.operator.pki.KeyMaterial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds, or makes, the authority that issues the TLS certificate of a deployment. One that is due is replaced at once: nodes
 * get from the one to the other by {@link Handover}.
 */
final class AuthorityResolver {

    private static final String AUTHORITY = "ca";

    private final Inputs inputs;
    private final Names names;
    private final Running running;
    private final Renewing renewing;
    private final Map<String, String> data = new LinkedHashMap<>();

    AuthorityResolver(Inputs inputs, Names names, Running running) {
        this.inputs = inputs;
        this.names = names;
        this.running = running;
        this.renewing = Renewing.of(inputs, names);
    }

    /**
     * The authority.
     *
     * @throws InvalidKeyMaterialException if the one that is kept cannot be used
     */
    KeyMaterial resolve() {
        var authority = KeysResolver.retained(inputs, names.authoritySecret(), AUTHORITY)
                .filter(kept -> !renewing.isToBeReplaced(kept))
                .orElseGet(() -> CertificateAuthority.create(
                        "WSO2 API Manager CA of " + names.owner(), inputs.now(), inputs.random()));
        KeysResolver.put(data, AUTHORITY, authority);
        return authority;
    }

    /** Content of the Secret that keeps the authority. */
    Map<String, String> data() {
        return data;
    }

    /** Names the authority that running nodes trust, if it is not kept any more: no new one may take its place. */
    Optional<Problem> lost() {
        var isKept = Stream.of(".key", ".crt")
                .allMatch(part -> inputs.secretValue(names.authoritySecret(), AUTHORITY + part)
                        .isPresent());
        return isKept || !running.isPresent()
                ? Optional.empty()
                : Optional.of(SourceProblem.AUTHORITY_GONE.at("Secret " + names.authoritySecret()));
    }
}
