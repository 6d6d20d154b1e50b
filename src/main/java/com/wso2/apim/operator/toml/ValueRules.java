package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the server makes of a string before it uses it: references that it cannot resolve keep it from starting. */
final class ValueRules {

    private static final Pattern REFERENCE = Pattern.compile("\\$(env|ref|secret)\\{([^}]*)}");

    /** Set on every pod, from its own object. */
    private static final Set<String> OF_THE_POD = Set.of("NODE_IP", "POD_NAME");

    private final Role role;
    private final String overlay;
    private final Set<String> variables;
    private final Predicate<KeyPath> isSet;
    private final Set<Problem> problems = new LinkedHashSet<>();

    /**
     * Rules for the nodes of a tier.
     *
     * @param overlay field of the overlay
     * @param isSet whether the file, or the server by itself, has a value for a key
     */
    ValueRules(Tier tier, String overlay, Predicate<KeyPath> isSet) {
        this.overlay = overlay;
        this.isSet = isSet;
        role = tier.role();
        variables = Stream.of(
                        OF_THE_POD.stream(),
                        Arrays.stream(Environment.values()).map(Environment::variable),
                        tier.env().stream().map(EnvironmentVariable::name))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
    }

    /** What is wrong with the strings of a tree. */
    List<Problem> problems(Map<String, Object> tree) {
        problems.clear();
        check(KeyPath.ROOT, tree);
        return new ArrayList<>(problems);
    }

    private void check(KeyPath path, Object value) {
        if (value instanceof Map<?, ?>) {
            UserValue.asTable(value).forEach((key, inner) -> check(path.child(key), inner));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> check(inner instanceof Map<?, ?> ? path.element() : path, inner));
        } else if (value instanceof String string) {
            checkString(path, string);
        }
    }

    private void checkString(KeyPath path, String string) {
        var template = Obstacle.TEMPLATE.matcher(string);
        if (template.find()) {
            problem(OverlayProblem.TEMPLATE, path, template.group());
        }
        REFERENCE.matcher(string).results().forEach(match -> {
            var name = match.group(2);
            switch (match.group(1)) {
                case "env" -> variable(path, name);
                case "secret" -> problem(OverlayProblem.SECURE_VAULT, path, name, field());
                default -> reference(path, name);
            }
        });
    }

    private void variable(KeyPath path, String name) {
        if (!variables.contains(name)) {
            problem(OverlayProblem.VARIABLE_NOT_DEFINED, path, name, role.component(), field());
        }
    }

    private void reference(KeyPath path, String name) {
        if (path.isInsideList()) {
            problem(OverlayProblem.REFERENCE_IN_A_LIST, path, name);
        } else if (!isSet.test(new KeyPath(List.of(name.split("\\."))))) {
            problem(OverlayProblem.REFERENCE_TO_NOTHING, path, name);
        }
    }

    private void problem(OverlayProblem kind, Object... words) {
        problems.add(kind.at(overlay, words));
    }

    private String field() {
        return role == Role.ALL_IN_ONE ? "spec.allInOne.env" : "spec.trafficManager.env";
    }
}
