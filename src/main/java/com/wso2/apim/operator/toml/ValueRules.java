package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
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
    private static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]");

    /** Set on every pod, from its own object. */
    private static final Set<String> OF_THE_POD = Set.of("NODE_IP", "POD_NAME");

    private final Role role;
    private final Set<String> variables;
    private final Predicate<KeyPath> isSet;
    private final Set<String> mistakes = new LinkedHashSet<>();

    /**
     * Rules for the nodes of a tier.
     *
     * @param isSet whether the file, or the server by itself, has a value for a key
     */
    ValueRules(Tier tier, Predicate<KeyPath> isSet) {
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
    List<String> mistakes(Map<String, Object> tree) {
        mistakes.clear();
        check(KeyPath.ROOT, tree);
        return new ArrayList<>(mistakes);
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
        var template = TEMPLATE.matcher(string);
        if (template.find()) {
            mistakes.add("%s holds %s, which the server takes for a template: no value can hold it"
                    .formatted(path, template.group()));
        }
        REFERENCE.matcher(string).results().forEach(match -> {
            var name = match.group(2);
            switch (match.group(1)) {
                case "env" -> variable(path, name);
                case "secret" ->
                    mistakes.add(
                            "%s uses $secret{%s}, for which pods have no secure vault: use $env{…} and define the variable in %s with valueFrom"
                                    .formatted(path, name, field()));
                default -> reference(path, name);
            }
        });
    }

    private void variable(KeyPath path, String name) {
        if (!variables.contains(name)) {
            mistakes.add("%s uses $env{%s}, but %s pods have no variable %s: define it in %s"
                    .formatted(path, name, role.component(), name, field()));
        }
    }

    private void reference(KeyPath path, String name) {
        if (path.isInsideList()) {
            mistakes.add(
                    "%s uses $ref{%s}, which the server leaves as it is inside [[…]]: write the value, or use $env{…}"
                            .formatted(path, name));
        } else if (!isSet.test(new KeyPath(List.of(name.split("\\."))))) {
            mistakes.add(
                    "%s uses $ref{%s}, but nothing sets %s: the server would not start".formatted(path, name, name));
        }
    }

    private String field() {
        return role == Role.ALL_IN_ONE ? "spec.allInOne.env" : "spec.trafficManager.env";
    }
}
