package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.CertManager;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSecret;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSecret.Format;
import com.wso2.apim.operator.api.v1alpha1.KeyStoresSpec;
import com.wso2.apim.operator.api.v1alpha1.TlsSource.Source;
import com.wso2.apim.operator.inputs.Certificate;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/**
 * What cert-manager is asked for, and how far it is. What it has issued is read like any other Secret; see ADR 0023.
 *
 * @param wanted what the resource says
 */
public record Issuance(Inputs inputs, Names names, CertManager wanted) {

    static final String FIELD = "spec.keystores.tls.certManager";

    private static final String CERTIFICATE_ANNOTATION = "cert-manager.io/certificate-name";
    private static final int LONGEST_MESSAGE = 300;

    /** The issuance, if the resource asks for one. */
    public static Optional<Issuance> of(Inputs inputs, Names names) {
        return Optional.ofNullable(inputs.resource().getSpec().keystores())
                .map(KeyStoresSpec::tls)
                .filter(tls -> tls.source() == Source.CERT_MANAGER)
                .map(tls -> new Issuance(inputs, names, tls.certManager()));
    }

    /** Whether there is somebody to ask, and nothing of somebody else's that the answer would overwrite. */
    public boolean mayBeAskedFor() {
        return inputs.servesCertificates() && !isSecretTaken();
    }

    /** What keeps the Secret from being read, if anything does. */
    Optional<Problem> obstacle() {
        if (isSecretTaken()) {
            return Optional.of(IssuanceProblem.SECRET_TAKEN.at(FIELD, names.issued()));
        }
        if (!inputs.servesCertificates()) {
            return Optional.of(IssuanceProblem.CERT_MANAGER_MISSING.at(FIELD));
        }
        return inputs.secret(names.issued()).isPresent()
                ? Optional.empty()
                : Optional.of(IssuanceProblem.NOT_ISSUED.at(FIELD, names.issued(), said()));
    }

    /** The problem that host names have come since the last certificate: another is on its way. */
    Problem notIssuedAnew(String hosts) {
        return IssuanceProblem.NOT_ISSUED_ANEW.at(FIELD, hosts, names.issued(), said());
    }

    /** Where cert-manager puts what it issues. */
    KeyStoreSecret secret() {
        return new KeyStoreSecret(names.issued(), Format.PEM, null, null, null, null, null, null);
    }

    private boolean isSecretTaken() {
        return inputs.secret(names.issued()).filter(secret -> !isIssued(secret)).isPresent();
    }

    private boolean isIssued(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(CERTIFICATE_ANNOTATION))
                .filter(names.issued()::equals)
                .isPresent();
    }

    /** A failure stands in the one condition, what is missing in the other; of a success there is nothing to wait for. */
    private String said() {
        var certificate = inputs.owned(Certificate.class, names.issued());
        return certificate
                .flatMap(found -> found.condition("Issuing"))
                .or(() -> certificate.flatMap(found -> found.condition("Ready")).filter(ready -> !"True"
                        .equals(ready.status())))
                .map(Certificate.Condition::message)
                .map(message -> message.strip().replaceAll("\\s+", " "))
                .map(message ->
                        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message)
                .filter(message -> !message.isEmpty())
                .orElse("nothing yet");
    }
}
