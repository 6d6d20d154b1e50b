package com.wso2.apim.operator.pki;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Assembles the files the product mounts. Both formats salt their content and JKS dates its entries, so that two calls
 * never give the same bytes: make a store once, keep it, and decide by its inputs when to make it again.
 */
public final class KeyStores {

    private KeyStores() {}

    /**
     * A store with one private key and its whole chain. The key's password is the store's, as the product demands
     * (product documentation, keystores).
     *
     * @param alias name of the entry; both formats fold it to lower case and find it in any
     * @throws InvalidKeyMaterialException if key and certificates do not fit, see {@link KeyMaterial#verify()}
     */
    public static byte[] keyStore(StoreType type, String alias, KeyMaterial material, String password) {
        material.verify();
        X509Certificate[] chain = material.chain().toArray(X509Certificate[]::new);
        return assembled(
                type, password, store -> store.setKeyEntry(alias, material.key(), password.toCharArray(), chain));
    }

    /**
     * A store of trusted certificates. Where two entries want the same alias, one of {@code certificates} wins.
     *
     * @param certificates PEM text by alias; a text of several certificates takes the alias, then {@code alias.2}, …;
     *     upper and lower case do not distinguish aliases
     * @param roots more of the same, usually {@link PublicRoots#certificates()} or none
     * @throws InvalidKeyMaterialException if a text cannot be read, naming its alias, or if two of
     *     {@code certificates} end up under one alias
     */
    public static byte[] trustStore(
            StoreType type, Map<String, String> certificates, Map<String, String> roots, String password) {
        Map<String, X509Certificate> entries = new TreeMap<>(entries(roots));
        entries.putAll(entries(certificates));
        return assembled(type, password, store -> {
            for (Map.Entry<String, X509Certificate> entry : entries.entrySet()) {
                store.setCertificateEntry(entry.getKey(), entry.getValue());
            }
        });
    }

    /**
     * Reads the private key and its chain back from a store that {@link #keyStore} made.
     *
     * @throws InvalidKeyMaterialException if the password does not open the store, or there is no such key
     */
    public static KeyMaterial open(StoreType type, byte[] store, String alias, String password) {
        try {
            KeyStore opened = KeyStore.getInstance(type.name());
            opened.load(new ByteArrayInputStream(store), password.toCharArray());
            if (!opened.isKeyEntry(alias)) {
                throw new InvalidKeyMaterialException("The store holds no private key named " + alias);
            }
            String chain = Arrays.stream(opened.getCertificateChain(alias))
                    .map(X509Certificate.class::cast)
                    .map(Pem::of)
                    .collect(Collectors.joining());
            return new KeyMaterial(Pem.of((PrivateKey) opened.getKey(alias, password.toCharArray())), chain);
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidKeyMaterialException("The store cannot be opened with its password");
        }
    }

    /**
     * Reads a store of trusted certificates back: PEM text by alias.
     *
     * @throws InvalidKeyMaterialException if the password does not open the store
     */
    public static SortedMap<String, String> certificates(StoreType type, byte[] store, String password) {
        try {
            KeyStore opened = KeyStore.getInstance(type.name());
            opened.load(new ByteArrayInputStream(store), password.toCharArray());
            SortedMap<String, String> certificates = new TreeMap<>();
            for (String alias : Collections.list(opened.aliases())) {
                certificates.put(alias, Pem.of((X509Certificate) opened.getCertificate(alias)));
            }
            return certificates;
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidKeyMaterialException("The store cannot be opened with its password");
        }
    }

    private static Map<String, X509Certificate> entries(Map<String, String> certificates) {
        Map<String, X509Certificate> entries = new TreeMap<>();
        certificates.forEach((alias, pem) -> {
            List<X509Certificate> read = read(alias, pem);
            for (int i = 0; i < read.size(); i++) {
                String name = (i == 0 ? alias : alias + "." + (i + 1)).toLowerCase(Locale.ROOT);
                if (entries.put(name, read.get(i)) != null) {
                    throw new InvalidKeyMaterialException(
                            "Two trusted certificates have the alias %s (upper and lower case are the same)"
                                    .formatted(name));
                }
            }
        });
        return entries;
    }

    private static List<X509Certificate> read(String alias, String pem) {
        try {
            return Pem.certificates(pem);
        } catch (InvalidKeyMaterialException e) {
            throw new InvalidKeyMaterialException("Trusted certificate %s: %s".formatted(alias, e.getMessage()));
        }
    }

    private static byte[] assembled(StoreType type, String password, Filling filling) {
        try {
            KeyStore store = KeyStore.getInstance(type.name());
            store.load(null, null);
            filling.fill(store);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This Java cannot write a store of type " + type, e);
        }
    }

    @FunctionalInterface
    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }
}
