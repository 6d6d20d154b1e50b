package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable.Key;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable.Source;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.toml.Obstacle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks at what the tiers' own variables will hold: a source may be missing, and a value that deployment.toml refers to may
 * hold what the servers cannot carry. Other variables are nobody's business but the user's.
 */
final class VariablesResolver {

    /** Stand for themselves: their values hold nothing special. */
    private static final Map<String, String> OF_THE_OPERATOR =
            Set.of("POD_NAME", "NODE_IP", "JVM_MEM_OPTS", "PROFILE_NAME").stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    /** What a kubelet replaces in {@code value}: two dollar signs by one, and a variable that it has met before. */
    private static final Pattern EXPANDED = Pattern.compile("\\$(?:\\$|\\(([^)]*)\\))");

    private final Inputs inputs;
    private final ApiManagerClusterSpec spec;
    private final ServerFiles files;
    private final List<Problem> problems = new ArrayList<>();

    VariablesResolver(Inputs inputs, ServerFiles files) {
        this.inputs = inputs;
        this.spec = inputs.resource().getSpec();
        this.files = files;
    }

    /** What pods will hold in a variable. */
    private record Held(String field, String origin, String value) {}

    List<Problem> problems() {
        problems.clear();
        check("spec.allInOne.env", spec.allInOne().env(), files.variables(Role.ALL_IN_ONE));
        check("spec.trafficManager.env", spec.trafficManager().env(), files.variables(Role.TRAFFIC_MANAGER));
        return List.copyOf(problems);
    }

    private void check(String field, List<EnvironmentVariable> given, Set<String> used) {
        var known = new HashMap<>(OF_THE_OPERATOR);
        for (var variable : Optional.ofNullable(given).orElse(List.of())) {
            var held = held(field + "[" + variable.name() + "]", variable, known);
            known.put(variable.name(), held.map(Held::value).orElse(""));
            held.filter(one -> used.contains(variable.name())).ifPresent(one -> check(variable.name(), one));
        }
    }

    private void check(String name, Held held) {
        Obstacle.toVariable(held.value(), Dialect.of(spec.version()))
                .ifPresent(obstacle -> problems.add(obstacle.inXml()
                        .map(instead -> SourceProblem.CHARACTER_OF_VARIABLE.at(
                                held.field(), held.origin(), obstacle.name(), spec.version(), name, instead))
                        .orElseGet(() -> SourceProblem.LOST_CHARACTER_OF_VARIABLE.at(
                                held.field(), held.origin(), obstacle.name(), spec.version(), name))));
    }

    private Optional<Held> held(String field, EnvironmentVariable variable, Map<String, String> known) {
        var source = Optional.ofNullable(variable.valueFrom());
        if (source.isEmpty()) {
            var value = Optional.ofNullable(variable.value()).orElse("");
            return Optional.of(new Held(field + ".value", "it", expanded(value, known)));
        }
        return source.map(Source::secretKeyRef)
                .map(ref -> ofSecret(field + ".valueFrom.secretKeyRef", ref))
                .or(() -> source.map(Source::configMapKeyRef)
                        .map(ref -> ofConfigMap(field + ".valueFrom.configMapKeyRef", ref)))
                .flatMap(found -> found);
    }

    private Optional<Held> ofSecret(String field, Key ref) {
        SourceProblem.missing(inputs, field, ref.name(), ref.key()).ifPresent(problems::add);
        return inputs.secretValue(ref.name(), ref.key())
                .map(text -> new Held(field, "key '%s' of Secret '%s'".formatted(ref.key(), ref.name()), text));
    }

    private Optional<Held> ofConfigMap(String field, Key ref) {
        var value = inputs.configMapValue(ref.name(), ref.key());
        if (value.isEmpty()) {
            problems.add(SourceProblem.NO_KEY_IN_CONFIG_MAP.at(field, ref.name(), ref.key()));
        }
        return value.map(text -> new Held(field, "key '%s' of ConfigMap '%s'".formatted(ref.key(), ref.name()), text));
    }

    private static String expanded(String value, Map<String, String> known) {
        return EXPANDED.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null ? "$" : known.getOrDefault(match.group(1), match.group())));
    }
}
