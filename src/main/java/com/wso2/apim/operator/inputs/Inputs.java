package com.wso2.apim.operator.inputs;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one pass may look at, read before anything is written.
 *
 * @param secrets Secrets by name, read live: those that the resource references and those that the operator retains
 * @param configMaps ConfigMaps by name that the resource references
 * @param others every other resource that this operator watches
 * @param owned objects that belong to the resource
 * @param gatewayApi what the cluster serves of Gateway API, read only if the resource has to do with it
 * @param servesCertificates whether the cluster serves Certificates of cert-manager
 * @param now the only clock of the pass
 * @param random the only source of randomness of the pass
 */
public record Inputs(
        ApiManagerCluster resource,
        Settings settings,
        Map<String, Secret> secrets,
        Map<String, ConfigMap> configMaps,
        List<ApiManagerCluster> others,
        List<HasMetadata> owned,
        List<Pod> pods,
        GatewayApi gatewayApi,
        boolean servesCertificates,
        Instant now,
        SecureRandom random) {

    /** A referenced or retained Secret. */
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    /** The value of one key of a Secret as text, if the Secret is there and has the key. */
    public Optional<String> secretValue(String name, String key) {
        return secret(name).flatMap(secret -> value(secret, key));
    }

    /** The value of one key of a Secret as it is, if the Secret is there and has the key. */
    public Optional<byte[]> secretBytes(String name, String key) {
        return secret(name).map(Secret::getData).map(data -> data.get(key)).map(Base64.getDecoder()::decode);
    }

    /** The value of one key of a ConfigMap, if the ConfigMap is there and has the key. */
    public Optional<String> configMapValue(String name, String key) {
        return Optional.ofNullable(configMaps.get(name)).map(ConfigMap::getData).map(data -> data.get(key));
    }

    /** An owned object. */
    public <T extends HasMetadata> Optional<T> owned(Class<T> kind, String name) {
        return owned(kind).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst();
    }

    /** All owned objects of a kind. */
    public <T extends HasMetadata> List<T> owned(Class<T> kind) {
        return owned.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The value of one key of a Secret as text. */
    public static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
    }
}
