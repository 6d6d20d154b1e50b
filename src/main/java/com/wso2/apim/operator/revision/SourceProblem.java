package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;
import java.util.Optional;

/** What can be wrong with the Secrets and ConfigMaps that a deployment is made from. */
public enum SourceProblem implements Problem.Kind {
    NO_CREDENTIALS(
            Concern.REFERENCE,
            "spec.<…>.credentialsSecretRef, spec.admin.secretRef, spec.keystores.<store>.secret",
            "Secret '<secret>' does not exist: create it with the keys '<username key>' and '<password key>'"),
    NO_SECRET(
            Concern.REFERENCE,
            "spec.<…>.secretRef, spec.<tier>.env[<name>].valueFrom.secretKeyRef, spec.keystores.<store>.secret",
            "Secret '<secret>' does not exist: create it with the key '<key>'"),
    NO_KEY_IN_SECRET(
            Concern.REFERENCE,
            "spec.<…>SecretRef, spec.<tier>.env[<name>].valueFrom.secretKeyRef, spec.keystores.<store>.secret",
            "Secret '<secret>' has no key '<key>': add it"),
    NO_KEY_IN_CONFIG_MAP(
            Concern.REFERENCE,
            "spec.<tier>.env[<name>].valueFrom.configMapKeyRef, spec.truststore.additionalCAs[<name>].configMapRef",
            "ConfigMap '<config map>' with the key '<key>' does not exist: create it"),
    LENGTH(
            Concern.CONFIGURATION,
            "spec.<…>.credentialsSecretRef, spec.admin.secretRef",
            "key '<key>' of Secret '<secret>' must have <length>"),
    CHARACTER(
            Concern.CONFIGURATION,
            "spec.<…>.credentialsSecretRef, spec.admin.secretRef, spec.encryption.secretRef",
            "key '<key>' of Secret '<secret>' holds <character>, which version <version> cannot carry: choose a value without it"),
    EMAIL_NAME(
            Concern.CONFIGURATION,
            "spec.admin.secretRef, Secret <name>-admin",
            "key 'username' of Secret '<secret>' is an e-mail address, of which the product takes the end for a tenant: write enable_email_domain = true under [tenant_mgt] in spec.config.common, or choose a name without @"),
    CHARACTER_OF_VARIABLE(
            Concern.CONFIGURATION,
            "spec.<tier>.env[<name>].value, spec.<tier>.env[<name>].valueFrom.<source>",
            "<value> holds <character>, which version <version> cannot carry through $env{<name>}: write <reference> for it, or choose a value without it"),
    LOST_CHARACTER_OF_VARIABLE(
            Concern.CONFIGURATION,
            "spec.<tier>.env[<name>].value, spec.<tier>.env[<name>].valueFrom.<source>",
            "<value> holds <character>, which version <version> cannot carry through $env{<name>}: choose a value without it"),
    NO_ENCRYPTION_KEY(
            Concern.CONFIGURATION,
            "spec.encryption.secretRef",
            "key 'key' of Secret '<secret>' must have 64 hexadecimal digits, as openssl rand -hex 32 makes them"),
    KNOWN_VALUE_GONE(
            Concern.REFERENCE,
            "Secret <secret>",
            "does not hold <what> that the databases know, and the Secret that nodes had it from is gone: put the old value back, or, if the databases know the new one, add <token> to spec.credentials.acknowledged"),
    AUTHORITY_GONE(
            Concern.CERTIFICATE,
            "Secret <name>-ca",
            "is gone or incomplete while nodes trust the authority in it: restore it from a backup"),
    PART_GONE(
            Concern.REFERENCE,
            "Secret <name>-<admin, ca, keys or encryption>",
            "has no key '<key>', in whose place a new value would come that the databases do not know: restore it from a backup, or delete the Secret to have all of it made anew"),
    KEY_MATERIAL(Concern.CERTIFICATE, "Secret <name>-ca, Secret <name>-keys", "<what is wrong with the key material>");

    private final Concern concern;
    private final String where;
    private final String wording;

    SourceProblem(Concern concern, String where, String wording) {
        this.concern = concern;
        this.where = where;
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return concern;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public String wording() {
        return wording;
    }

    /** What keeps a key of a Secret from being read, if anything does. */
    static Optional<Problem> missing(Inputs inputs, String field, String secret, String key) {
        if (inputs.secretValue(secret, key).isPresent()) {
            return Optional.empty();
        }
        var kind = inputs.secret(secret).isEmpty() ? NO_SECRET : NO_KEY_IN_SECRET;
        return Optional.of(kind.at(field, secret, key));
    }
}
