package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.Encryption;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable.Source;
import com.wso2.apim.operator.api.v1alpha1.Exposure;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSecret;
import com.wso2.apim.operator.api.v1alpha1.KeyStoreSource;
import com.wso2.apim.operator.api.v1alpha1.KeyStoresSpec;
import com.wso2.apim.operator.api.v1alpha1.SecretReference;
import com.wso2.apim.operator.api.v1alpha1.TlsSource;
import com.wso2.apim.operator.api.v1alpha1.TrustStoreSpec;
import com.wso2.apim.operator.api.v1alpha1.TrustStoreSpec.AdditionalAuthority;
import com.wso2.apim.operator.inputs.References;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which objects a spec refers to, and which are retained for it. */
public final class Referenced {

    private Referenced() {}

    /**
     * What a pass has to read.
     *
     * @param owned objects that are watched: some tell of others that are not
     */
    public static References by(Names names, ApiManagerClusterSpec spec, List<HasMetadata> owned) {
        var database = spec.database();
        var fixed = Stream.of(
                names.adminSecret(),
                names.authoritySecret(),
                names.keysSecret(),
                names.encryptionSecret(),
                database.apim().credentialsSecretRef().name(),
                database.shared().credentialsSecretRef().name());
        var admin =
                Optional.ofNullable(spec.admin()).map(given -> given.secretRef().name()).stream();
        var encryption =
                Optional.ofNullable(spec.encryption()).map(Encryption::secretRef).map(SecretReference::name).stream();
        var secrets = Stream.of(
                        fixed,
                        admin,
                        encryption,
                        environment(spec, Source::secretKeyRef),
                        keyStores(spec),
                        issued(names, spec),
                        additional(spec, AdditionalAuthority::secretRef))
                .flatMap(name -> name)
                .collect(Collectors.toSet());
        return new References(
                secrets,
                Stream.concat(
                                environment(spec, Source::configMapKeyRef),
                                additional(spec, AdditionalAuthority::configMapRef))
                        .collect(Collectors.toSet()),
                names.own(),
                routes(names, spec, owned));
    }

    private static Optional<Map<String, String>> routes(
            Names names, ApiManagerClusterSpec spec, List<HasMetadata> owned) {
        var mayHaveRoutes = spec.exposure().type() == Exposure.Type.GATEWAY_API
                || owned.stream()
                        .filter(ConfigMap.class::isInstance)
                        .anyMatch(object -> object.getMetadata().getName().equals(names.backendAuthority()));
        return mayHaveRoutes ? Optional.of(names.own()) : Optional.empty();
    }

    private static Stream<String> environment(
            ApiManagerClusterSpec spec, Function<Source, EnvironmentVariable.Key> kind) {
        return Stream.of(spec.allInOne(), spec.trafficManager())
                .flatMap(tier -> Optional.ofNullable(tier.env()).orElse(List.of()).stream())
                .map(EnvironmentVariable::valueFrom)
                .filter(Objects::nonNull)
                .map(kind)
                .filter(Objects::nonNull)
                .map(EnvironmentVariable.Key::name);
    }

    private static Stream<String> keyStores(ApiManagerClusterSpec spec) {
        return Optional.ofNullable(spec.keystores()).stream()
                .flatMap(stores -> Stream.of(
                        Optional.ofNullable(stores.tls()).map(TlsSource::secret),
                        Optional.ofNullable(stores.primary()).map(KeyStoreSource::secret),
                        Optional.ofNullable(stores.internal()).map(KeyStoreSource::secret)))
                .flatMap(Optional::stream)
                .flatMap(secret -> Stream.concat(
                        Stream.of(secret.name()),
                        Optional.ofNullable(secret.passwordSecretRef()).map(KeyStoreSecret.Password::name).stream()));
    }

    private static Stream<String> issued(Names names, ApiManagerClusterSpec spec) {
        return Optional.ofNullable(spec.keystores()).map(KeyStoresSpec::tls).stream()
                .filter(tls -> tls.source() == TlsSource.Source.CERT_MANAGER)
                .map(tls -> names.issued());
    }

    private static Stream<String> additional(
            ApiManagerClusterSpec spec, Function<AdditionalAuthority, TrustStoreSpec.Bundle> kind) {
        return Optional.ofNullable(spec.truststore()).map(TrustStoreSpec::additionalCAs).stream()
                .flatMap(List::stream)
                .map(kind)
                .filter(Objects::nonNull)
                .map(TrustStoreSpec.Bundle::name);
    }
}
