package com.wso2.apim.operator.revision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One canonical text per value, and its short digest. */
final class Hash {

    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // What a later operator stored must not stop an earlier one that was put back in its place.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final int CHARACTERS = 10;

    private Hash() {}

    /** JSON with sorted keys: equal values give equal bytes. */
    static String canonical(Object value) {
        try {
            return CANONICAL.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T parse(String canonical, Class<T> type) {
        try {
            return CANONICAL.readValue(canonical, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What another operator wrote, if this one understands it. */
    static <T> Optional<T> read(String canonical, Class<T> type) {
        try {
            return Optional.ofNullable(CANONICAL.readValue(canonical, type));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Ten hexadecimal digits: short enough for a name, and a collision within one namespace is out of reach. */
    static String of(Object value) {
        try {
            return shortened(MessageDigest.getInstance("SHA-256").digest(bytes(canonical(value))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A digest that tells nothing to whoever does not have the key: guesses cannot be tried against it. */
    static String keyed(String key, Object value) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return shortened(mac.doFinal(bytes(canonical(value))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shortened(byte[] digest) {
        return HexFormat.of().formatHex(digest).substring(0, CHARACTERS);
    }
}
