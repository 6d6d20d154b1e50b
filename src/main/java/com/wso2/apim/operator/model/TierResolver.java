package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.api.v1alpha1.SecretReference;
import com.wso2.apim.operator.api.v1alpha1.Tier.Jvm;
import com.wso2.apim.operator.api.v1alpha1.Tier.Resources;
import com.wso2.apim.operator.inputs.Settings;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Resolves one tier of the spec. */
final class TierResolver {

    private static final BigDecimal MEBI = new BigDecimal(1024 * 1024);

    private final Role role;
    private final com.wso2.apim.operator.api.v1alpha1.Tier spec;
    private final Settings settings;
    private final Dialect dialect;
    private final String version;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    TierResolver(Role role, ApiManagerClusterSpec spec, Settings settings, Dialect dialect) {
        this.role = role;
        this.spec = role == Role.ALL_IN_ONE ? spec.allInOne() : spec.trafficManager();
        this.settings = settings;
        this.dialect = dialect;
        this.version = spec.version().toString();
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    Tier resolve() {
        var jvm = Optional.ofNullable(spec.jvm()).orElse(new Jvm(null, null));
        var xmx = Optional.ofNullable(jvm.xmx()).orElse(role == Role.ALL_IN_ONE ? "1024m" : "512m");
        var xms = Optional.ofNullable(jvm.xms()).orElse(xmx);
        if (bytes(xms).compareTo(bytes(xmx)) > 0) {
            problem(SpecProblem.HEAP_STARTS_TOO_LARGE, "jvm.xms", xms, xmx);
        }
        var given = Optional.ofNullable(spec.resources()).orElse(new Resources(null, null));
        var limits = quantities("limits", given.limits());
        var requests = quantities("requests", given.requests());
        defaults(requests, limits, bytes(xmx));
        compare(requests, limits, bytes(xmx), xmx);
        return new Tier(
                role,
                spec.replicas(),
                image(),
                Optional.ofNullable(spec.imagePullPolicy()),
                Optional.ofNullable(spec.imagePullSecrets()).orElse(List.of()).stream()
                        .map(SecretReference::name)
                        .toList(),
                requests,
                limits,
                xms,
                xmx,
                env(),
                spec.probes(),
                spec.terminationGracePeriodSeconds(),
                Optional.ofNullable(spec.storage()).map(wanted -> NodeStorage.of(wanted, version)),
                new PodOverlay(Optional.ofNullable(spec.podTemplate()).orElse(Map.of())));
    }

    private String image() {
        var ownImage =
                role == Role.TRAFFIC_MANAGER && dialect.trafficManagerProfile().isEmpty();
        var configured = ownImage ? settings.trafficManagerImage() : settings.allInOneImage();
        return Optional.ofNullable(spec.image())
                .or(() -> configured.map(pattern -> pattern.replace("{version}", version)))
                .orElseGet(() -> {
                    problem(SpecProblem.NO_IMAGE, "image");
                    return "";
                });
    }

    private List<EnvironmentVariable> env() {
        var env = Optional.ofNullable(spec.env()).orElse(List.of());
        env.stream()
                .map(EnvironmentVariable::name)
                .filter(Tier::reserves)
                .forEach(name -> problem(SpecProblem.RESERVED_VARIABLE, "env[" + name + "]"));
        return env;
    }

    private Map<String, Quantity> quantities(String kind, Map<String, Quantity> given) {
        var parsed = new TreeMap<String, Quantity>();
        Optional.ofNullable(given).orElse(Map.of()).forEach((resource, quantity) -> {
            var field = "resources." + kind + "." + resource;
            try {
                if (quantity.getNumericalAmount().signum() < 0) {
                    problem(SpecProblem.NEGATIVE_QUANTITY, field, quantity);
                }
                parsed.put(resource, quantity);
            } catch (IllegalArgumentException | ArithmeticException e) {
                problem(SpecProblem.NO_QUANTITY, field, quantity);
            }
        });
        return parsed;
    }

    /** Sizes that real servers needed outside the heap, with a margin. */
    private void defaults(Map<String, Quantity> requests, Map<String, Quantity> limits, BigDecimal heap) {
        var outside = role == Role.ALL_IN_ONE ? 2048 : 1536;
        var memory = heap.divide(MEBI, RoundingMode.UP).toBigInteger().intValue() + outside + "Mi";
        limits.computeIfAbsent("memory", resource -> new Quantity(memory));
        requests.computeIfAbsent("memory", limits::get);
        requests.computeIfAbsent("cpu", resource -> Optional.ofNullable(limits.get("cpu"))
                .orElse(new Quantity(role == Role.ALL_IN_ONE ? "1" : "500m")));
    }

    private void compare(Map<String, Quantity> requests, Map<String, Quantity> limits, BigDecimal heap, String xmx) {
        requests.forEach((resource, requested) -> Optional.ofNullable(limits.get(resource))
                .filter(limit -> requested.getNumericalAmount().compareTo(limit.getNumericalAmount()) > 0)
                .ifPresent(limit -> problem(
                        SpecProblem.REQUEST_ABOVE_LIMIT,
                        "resources.requests." + resource,
                        requested,
                        limit,
                        resource)));
        var needed = heap.add(MEBI.multiply(new BigDecimal(role == Role.ALL_IN_ONE ? 1536 : 1024)));
        var limit = limits.get("memory");
        if (limit.getNumericalAmount().compareTo(needed) < 0) {
            warnings.add(
                    "%s.resources.limits.memory: %s leaves too little beside a heap of %s: the kernel may kill the server"
                            .formatted(field(), limit, xmx));
        }
    }

    private static BigDecimal bytes(String heap) {
        var unit = heap.substring(heap.length() - 1).toLowerCase(Locale.ROOT);
        var factor =
                Map.of("k", 1024L, "m", 1024L * 1024, "g", 1024L * 1024 * 1024).get(unit);
        return new BigDecimal(heap.substring(0, heap.length() - 1)).multiply(new BigDecimal(factor));
    }

    private String field() {
        return role.field();
    }

    private void problem(SpecProblem kind, String field, Object... words) {
        problems.add(kind.at(field() + "." + field, words));
    }
}
