package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.Database.Driver;
import com.wso2.apim.operator.api.v1alpha1.Encryption;
import com.wso2.apim.operator.api.v1alpha1.Retention;
import com.wso2.apim.operator.api.v1alpha1.ServiceAccountSpec;
import com.wso2.apim.operator.api.v1alpha1.Throttling;
import com.wso2.apim.operator.inputs.Settings;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** SPEC → MODEL: fills in every default and collects every mistake that the API server cannot see. */
public final class Resolver {

    private final Names names;
    private final ApiManagerClusterSpec spec;
    private final Settings settings;
    private final Dialect dialect;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Resolver(Names names, ApiManagerClusterSpec spec, Settings settings) {
        this.names = names;
        this.spec = spec;
        this.settings = settings;
        this.dialect = Dialect.of(spec.version());
    }

    /** Resolves a spec as the API server admitted it, that is, with the defaults of the schema. */
    public static Resolution resolve(Names names, ApiManagerClusterSpec spec, Settings settings) {
        return new Resolver(names, spec, settings).resolve();
    }

    private Resolution resolve() {
        var allInOne = tier(Role.ALL_IN_ONE);
        var trafficManager = tier(Role.TRAFFIC_MANAGER);
        var driver = driver();
        if (spec.encryption() != null && !dialect.encryptsWithKey()) {
            problems.add(SpecProblem.ENCRYPTION_WITHOUT_USE.at("spec.encryption", spec.version()));
        }
        var environments = new GatewayResolver(spec).resolve();
        var endpoints = new Endpoints(names, settings.clusterDomain());
        var cluster = new Cluster(
                names,
                endpoints,
                spec.version(),
                spec.hostnames(),
                spec.database(),
                driver,
                allInOne,
                trafficManager,
                new AllInOneEventHub(endpoints, allInOne.replicas(), trafficManager.replicas()),
                environments,
                keptPolicies(),
                spec.cacheInvalidation(),
                spec.exposure(),
                additionalIngress(),
                overlays(),
                serviceAccountAnnotations(),
                Optional.ofNullable(spec.retention()).orElse(Retention.RETAIN),
                settings.minReadySeconds(),
                encryptsWithKey(),
                Operation.of(spec));
        warnings.addAll(new ExposureAdvice(cluster).warnings());
        warnings.addAll(DeadlineAdvice.warnings(spec, cluster));
        return new Resolution(
                problems.isEmpty() ? Optional.of(cluster) : Optional.empty(),
                List.copyOf(problems),
                List.copyOf(warnings));
    }

    private boolean encryptsWithKey() {
        return dialect.encryptsWithKey()
                && Optional.ofNullable(spec.encryption())
                        .filter(encryption -> encryption.type() == Encryption.Type.INTERNAL_KEY_STORE)
                        .isEmpty();
    }

    private Tier tier(Role role) {
        var resolved = new TierResolver(role, spec, settings, dialect);
        var tier = resolved.resolve();
        problems.addAll(resolved.problems());
        warnings.addAll(resolved.warnings());
        return tier;
    }

    private List<String> keptPolicies() {
        return Optional.ofNullable(spec.throttling())
                .map(Throttling::skipRedeployingPolicies)
                .orElse(List.of());
    }

    private Optional<DriverJar> driver() {
        var driver = Optional.ofNullable(spec.database().driver());
        if (driver.filter(given -> given.source() == Driver.Source.PRODUCT_IMAGE)
                .isPresent()) {
            return Optional.empty();
        }
        return driver.filter(given -> given.image() != null)
                .map(given -> new DriverJar(given.image(), given.path()))
                .or(this::carriedDriver);
    }

    private Optional<DriverJar> carriedDriver() {
        var path = DriverJar.carried(spec.database().type());
        var image = settings.jdbcDriversImage();
        if (path.isEmpty()) {
            problems.add(SpecProblem.NO_DRIVER.at("spec.database.driver"));
        } else if (image.isEmpty()) {
            problems.add(SpecProblem.NO_DRIVER_IMAGE.at("spec.database.driver"));
        }
        return image.flatMap(known -> path.map(jar -> new DriverJar(known, jar)));
    }

    private List<Overlay> overlays() {
        return Optional.ofNullable(spec.config())
                .map(config -> Stream.of(
                                Overlay.of("common", config.common(), Role.values()),
                                Overlay.of("allInOne", config.allInOne(), Role.ALL_IN_ONE),
                                Overlay.of("trafficManager", config.trafficManager(), Role.TRAFFIC_MANAGER))
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }

    private Map<String, String> serviceAccountAnnotations() {
        return Optional.ofNullable(spec.serviceAccount())
                .map(ServiceAccountSpec::annotations)
                .orElse(Map.of());
    }

    /** Rules as a policy needs them: a port without a protocol would come back from the API server with one. */
    private Optional<List<NetworkPolicyIngressRule>> additionalIngress() {
        if (!spec.networkPolicy().enabled()) {
            return Optional.empty();
        }
        var given =
                Optional.ofNullable(spec.networkPolicy().additionalIngress()).orElse(List.of());
        return Optional.of(given.stream().map(Resolver::withProtocols).toList());
    }

    private static NetworkPolicyIngressRule withProtocols(NetworkPolicyIngressRule rule) {
        var ports = rule.getPorts().stream()
                .map(port -> port.getProtocol() == null
                        ? port.edit().withProtocol("TCP").build()
                        : port)
                .toList();
        return rule.edit().withPorts(ports).build();
    }
}
