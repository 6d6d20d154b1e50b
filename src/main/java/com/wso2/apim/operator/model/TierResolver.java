package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.api.v1alpha1.SecretReference;
import com.wso2.apim.operator.api.v1alpha1.Tier.Jvm;
import com.wso2.apim.operator.api.v1alpha1.Tier.Resources;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Problem.Concern;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Resolves one tier of the spec. */
final class TierResolver {

    /** What the operator sets itself; a second value would silently win or lose. */
    private static final Set<String> RESERVED =
            Set.of("POD_NAME", "NODE_IP", "JVM_MEM_OPTS", "PROFILE_NAME", "WSO2_SERVER_HOME", "WORKING_DIRECTORY");

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
            mistake("jvm.xms", "%s is more than the largest heap, %s: lower it or raise jvm.xmx".formatted(xms, xmx));
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
                spec.terminationGracePeriodSeconds());
    }

    private String image() {
        var ownImage =
                role == Role.TRAFFIC_MANAGER && dialect.trafficManagerProfile().isEmpty();
        var configured = ownImage ? settings.trafficManagerImage() : settings.allInOneImage();
        return Optional.ofNullable(spec.image())
                .or(() -> configured.map(pattern -> pattern.replace("{version}", version)))
                .orElseGet(() -> {
                    mistake(
                            "image",
                            "no image is known for this tier: name one here, or configure the operator's default images");
                    return "";
                });
    }

    private List<EnvironmentVariable> env() {
        var env = Optional.ofNullable(spec.env()).orElse(List.of());
        var seen = new HashSet<String>();
        for (var variable : env) {
            var field = "env[" + variable.name() + "]";
            if (RESERVED.contains(variable.name()) || variable.name().startsWith("WSO2_")) {
                mistake(field, "the operator sets this variable itself: choose another name");
            }
            if (!seen.add(variable.name())) {
                mistake(field, "is given twice: remove one");
            }
        }
        return env;
    }

    private Map<String, Quantity> quantities(String kind, Map<String, Quantity> given) {
        var parsed = new TreeMap<String, Quantity>();
        Optional.ofNullable(given).orElse(Map.of()).forEach((resource, quantity) -> {
            try {
                if (quantity.getNumericalAmount().signum() < 0) {
                    mistake("resources." + kind + "." + resource, quantity + " is negative");
                }
                parsed.put(resource, quantity);
            } catch (IllegalArgumentException | ArithmeticException e) {
                mistake(
                        "resources." + kind + "." + resource,
                        "'%s' is no quantity: write a number with a unit, such as 500m or 2Gi".formatted(quantity));
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
                .ifPresent(limit -> mistake(
                        "resources.requests." + resource,
                        "%s is more than the limit, %s: lower it or raise resources.limits.%s"
                                .formatted(requested, limit, resource))));
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
        return role == Role.ALL_IN_ONE ? "spec.allInOne" : "spec.trafficManager";
    }

    private void mistake(String field, String message) {
        problems.add(new Problem(Concern.CONFIGURATION, field() + "." + field, message));
    }
}
