package com.wso2.apim.operator.pki;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be wrong with key material of a user's. The wording says what it is and what to do instead; what differs from
 * case to case stands in angle brackets, and is never part of a key or of a password.
 */
public enum Flaw {
    EMPTY("is empty: put the <material> there"),
    BASE64_TWICE("is encoded in base64 twice: encode it once, or let kubectl create secret do it"),
    DER("is binary where PEM text is expected: convert it (<command>)"),
    STORE_FOR_PEM("is a <format> store and no PEM text: write format: <format>"),

    NO_PRIVATE_KEY("no private key found: expected PEM text that starts with -----BEGIN PRIVATE KEY-----"),
    UNREADABLE_KEY("the private key cannot be read: it is damaged or cut off"),
    PASS_PHRASE(
            "the private key is protected by a pass phrase: supply it without one (openssl pkey -in protected.key -out "
                    + "plain.key)"),
    CERTIFICATE_FOR_KEY("there is a certificate where the private key should be"),
    KEY_KIND("the private key is neither an RSA key nor an EC key"),
    NO_CERTIFICATE("no certificate found: expected PEM text that starts with -----BEGIN CERTIFICATE-----"),
    KEY_AMONG_CERTIFICATES("there is a private key among the certificates: keep it in its own entry"),
    NO_CERTIFICATE_BLOCK("block <number> is not a certificate: expected -----BEGIN CERTIFICATE-----"),
    UNREADABLE_CERTIFICATE("certificate <number> cannot be read: it is damaged or cut off"),

    PEM_FOR_STORE("is PEM text and no <format> store: write format: PEM"),
    OTHER_FORMAT("is a <found> store and no <format> store: write format: <found>"),
    JCEKS("is a JCEKS store, which is not supported: convert it (keytool -importkeystore -deststoretype PKCS12)"),
    NO_STORE("is no <format> store: put the file there as keytool or openssl wrote it"),
    DAMAGED_STORE("the store is damaged or cut off: put the file there as keytool or openssl wrote it"),
    STORE_PASSWORD(
            "the store does not open with the password in <place>: put the store's own there, without a line break "
                    + "at its end"),
    KEY_PASSWORD(
            "the key <alias> has another password than the store: give it the same (keytool -importkeystore with equal "
                    + "-deststorepass and -destkeypass)"),
    NO_KEY_IN_STORE("the store holds no private key, only certificates: <aliases>"),
    SEVERAL_KEYS("the store holds several private keys: name one of them in alias: <aliases>"),
    NO_SUCH_ALIAS("the store has no private key named <alias>: name one of them in alias: <aliases>"),

    NO_CERTIFICATE_IN_STORE("the key <alias> has no certificate in the store: import it together with its certificate"),

    KEY_MISMATCH(
            "the private key does not belong to the first certificate (<subject>): supply the key that it was made for"),
    CHAIN_ORDER(
            "the certificates are out of order: number <later> (<issuer>) did not issue number <number> (<subject>): the "
                    + "key's own comes first, then each issuer"),
    CHAIN_INCOMPLETE(
            "the certificate <subject> was issued by <issuer>, whose certificate is missing: append it, or put it into "
                    + "the key <key> of the Secret"),
    NOT_THE_ISSUER("none of its certificates issued <subject>: put the certificate of <issuer> there"),
    NOT_YET_VALID("the certificate <subject> is not valid before <moment>: supply one that is valid now"),
    EXPIRED("the certificate <subject> expired at <moment>: renew it"),
    WEAK_KEY("the <kind> key has <bits> bits: make one of <least> bits or more"),
    WEAK_SIGNATURE(
            "the certificate <subject> is signed with <algorithm>, which clients refuse: have it issued with SHA-256"),
    NOT_RSA("it is an <kind> key, with which the servers cannot <work>: make an RSA key"),
    AUTHORITY_FOR_SERVER(
            "the certificate <subject> is that of an authority: issue one for servers (with openssl req -x509, add "
                    + "-addext basicConstraints=critical,CA:FALSE)"),
    NO_SERVER_PURPOSE(
            "the certificate <subject> is not for servers: have it issued with the extended key usage serverAuth"),
    NO_KEY_USAGE(
            "the key usage of the certificate <subject> lacks <usage>: have it issued with it, or without any key usage"),
    MISSING_HOSTS(
            "the certificate <subject> does not cover <count> of the host names by which nodes are called: have it issued "
                    + "with the subject alternative names <hosts>");

    private static final Pattern NAME = Pattern.compile("<[a-z ]+>");

    private final String wording;

    Flaw(String wording) {
        this.wording = wording;
    }

    /** What is wrong and what to do instead, with names in angle brackets. */
    public String wording() {
        return wording;
    }

    /** Whether time alone brings it about. */
    public boolean comesWithTime() {
        return this == EXPIRED;
    }

    /** This flaw in a case. */
    public Found with(Object... words) {
        return new Found(this, List.of(words));
    }

    InvalidKeyMaterialException found(Object... words) {
        return new InvalidKeyMaterialException(with(words));
    }

    /**
     * A flaw in a case.
     *
     * @param words what to put in the place of each different name in angle brackets, in the order of their first use
     */
    public record Found(Flaw flaw, List<Object> words) {

        /** As people read it. */
        public String message() {
            var names = NAME.matcher(flaw.wording)
                    .results()
                    .map(name -> name.group())
                    .distinct()
                    .toList();
            if (names.size() != words.size()) {
                throw new IllegalArgumentException("%d words for '%s'".formatted(words.size(), flaw.wording));
            }
            return NAME.matcher(flaw.wording)
                    .replaceAll(
                            name -> Matcher.quoteReplacement(String.valueOf(words.get(names.indexOf(name.group())))));
        }
    }
}
