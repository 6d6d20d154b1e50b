package com.wso2.apim.operator.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A key store as users put it into a Secret, with a password and aliases of their own. */
public final class GivenStore {

    private static final int SHOWN_ALIASES = 5;

    private final KeyStore store;

    private GivenStore(KeyStore store) {
        this.store = store;
    }

    /**
     * The private key of a store with its chain.
     *
     * @param type the format that the bytes must have
     * @param password of the store and of the key
     * @param place where the password was found, for messages
     * @param alias which key is meant; unnecessary if there is one only
     * @throws InvalidKeyMaterialException with the flaw
     */
    public static KeyMaterial open(
            StoreType type, byte[] bytes, String password, String place, Optional<String> alias) {
        check(type, StoreBytes.of(bytes));
        try {
            KeyStore store = KeyStore.getInstance(type.name());
            load(store, bytes, password, place);
            return new GivenStore(store).material(password, alias);
        } catch (GeneralSecurityException e) {
            throw Flaw.DAMAGED_STORE.found();
        }
    }

    private static void check(StoreType type, StoreBytes kind) {
        switch (kind) {
            case NOTHING -> throw Flaw.EMPTY.found(type + " store");
            case PEM -> throw Flaw.PEM_FOR_STORE.found(type);
            case JCEKS -> throw Flaw.JCEKS.found();
            case BASE64 -> throw Flaw.BASE64_TWICE.found();
            case JKS, PKCS12 -> {
                if (!kind.name().equals(type.name())) {
                    throw Flaw.OTHER_FORMAT.found(kind, type);
                }
            }
            default -> throw Flaw.NO_STORE.found(type);
        }
    }

    private static void load(KeyStore store, byte[] bytes, String password, String place)
            throws GeneralSecurityException {
        try {
            store.load(new ByteArrayInputStream(bytes), password.toCharArray());
        } catch (IOException | RuntimeException e) {
            // Without the cause: what a parser says about a store may quote it.
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? Flaw.STORE_PASSWORD.found(place)
                    : Flaw.DAMAGED_STORE.found();
        }
    }

    private KeyMaterial material(String password, Optional<String> alias) throws GeneralSecurityException {
        String name = alias.isPresent() ? named(alias.get()) : only();
        PrivateKey key = key(name, password);
        Certificate[] chain = store.getCertificateChain(name);
        if (chain == null || chain.length == 0) {
            throw Flaw.NO_CERTIFICATE_IN_STORE.found(name);
        }
        return new KeyMaterial(
                Pem.of(key),
                Stream.of(chain).map(X509Certificate.class::cast).map(Pem::of).collect(Collectors.joining()));
    }

    private PrivateKey key(String name, String password) throws GeneralSecurityException {
        try {
            return (PrivateKey) store.getKey(name, password.toCharArray());
        } catch (UnrecoverableKeyException e) {
            throw Flaw.KEY_PASSWORD.found(name);
        }
    }

    private String named(String alias) throws GeneralSecurityException {
        if (!store.entryInstanceOf(alias, PrivateKeyEntry.class)) {
            throw privateKeys().isEmpty() ? noKey() : Flaw.NO_SUCH_ALIAS.found(alias, shortened(privateKeys()));
        }
        return alias;
    }

    private String only() throws GeneralSecurityException {
        List<String> keys = privateKeys();
        if (keys.isEmpty()) {
            throw noKey();
        }
        if (keys.size() > 1) {
            throw Flaw.SEVERAL_KEYS.found(shortened(keys));
        }
        return keys.get(0);
    }

    private InvalidKeyMaterialException noKey() throws GeneralSecurityException {
        return Flaw.NO_KEY_IN_STORE.found(shortened(Collections.list(store.aliases())));
    }

    private List<String> privateKeys() throws GeneralSecurityException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(alias, PrivateKeyEntry.class)) {
                keys.add(alias);
            }
        }
        Collections.sort(keys);
        return keys;
    }

    private static String shortened(List<String> aliases) {
        return aliases.isEmpty() ? "none at all" : Shortened.list(aliases, SHOWN_ALIASES);
    }
}
