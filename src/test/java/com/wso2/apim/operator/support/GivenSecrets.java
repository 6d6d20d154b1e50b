package com.wso2.apim.operator.support;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Secrets of the user's, as the API server stores them. */
public final class GivenSecrets {

    private GivenSecrets() {}

    /** A Secret in the namespace of the examples. */
    public static Secret of(String name, Map<String, byte[]> content) {
        var builder = new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("wso2")
                .endMetadata();
        content.forEach((key, bytes) -> builder.addToData(key, base64(bytes)));
        return builder.build();
    }

    /** Two texts. */
    public static Secret ofTexts(String name, String key, String text, String otherKey, String otherText) {
        return of(name, Map.of(key, bytes(text), otherKey, bytes(otherText)));
    }

    /** The same Secret with one more key. */
    public static Secret with(Secret secret, String key, byte[] content) {
        return new SecretBuilder(secret).addToData(key, base64(content)).build();
    }

    /** As a Secret holds it. */
    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Of a text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
