package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** Where the key pairs of the nodes come from, each for itself. */
@ValidationRule(
        value = "!has(self.renewal) || !has(self.tls) || self.tls.source == 'Generated'",
        fieldPath = ".renewal",
        message = "renewal is only read with keystores.tls.source: Generated: the operator issues no other certificate")
@ValidationRule(
        value = "[has(self.primary) && has(self.primary.secret) && has(self.primary.secret.authorityKey), "
                + "has(self.internal) && has(self.internal.secret) && has(self.internal.secret.authorityKey)]"
                + ".all(given, !given)",
        message =
                "authorityKey is only read for keystores.tls: no peer verifies the certificates of primary and internal")
public record KeyStoresSpec(
        @JsonPropertyDescription("What nodes show to each other, to proxies and to clients. A change rolls the nodes.")
        TlsSource tls,

        @JsonPropertyDescription(
                "Signs tokens and API keys. Only the first boot reads it: with another key, every token "
                        + "that was issued is refused.")
        KeyStoreSource primary,

        @JsonPropertyDescription(
                "Encrypts what is stored in the databases, where the version has no key for that. Only the first "
                        + "boot reads it: with another key, nothing that is stored can be read.")
        KeyStoreSource internal,

        @JsonPropertyDescription(
                "When the operator renews the TLS certificate that it issues, and the authority that it issues "
                        + "it by.")
        KeyStoresRenewal renewal) {}
