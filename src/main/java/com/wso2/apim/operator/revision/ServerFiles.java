package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.toml.AdministratorName;
import com.wso2.apim.operator.toml.Environment;
import com.wso2.apim.operator.toml.ServerFile;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * deployment.toml of every node, by tier and file name. What is wrong with several nodes in the same words is told once.
 *
 * @param byRole the files; with a problem they are not complete
 */
public record ServerFiles(Map<Role, Map<String, String>> byRole, List<Problem> problems, List<String> warnings) {

    /** Renders every file of a cluster. */
    public static ServerFiles of(Cluster cluster) {
        var byRole = new EnumMap<Role, Map<String, String>>(Role.class);
        var problems = new LinkedHashSet<Problem>();
        var warnings = new LinkedHashSet<String>();
        for (var tier : cluster.tiers()) {
            var files = new TreeMap<String, String>();
            for (var node : tier.nodes()) {
                var rendered = ServerFile.render(cluster, node);
                files.put(cluster.names().file(node), rendered.text());
                problems.addAll(rendered.problems());
                warnings.addAll(rendered.warnings());
            }
            byRole.put(tier.role(), files);
        }
        return new ServerFiles(byRole, List.copyOf(problems), List.copyOf(warnings));
    }

    /** The files of one tier. */
    public Map<String, String> of(Role role) {
        return byRole.get(role);
    }

    /** Whether every node takes e-mail addresses for names of users. */
    boolean mayNameUsersByEmail() {
        return byRole.values().stream()
                .flatMap(files -> files.values().stream())
                .allMatch(AdministratorName::mayBeEmail);
    }

    /** Environment variables that the files of one tier read. */
    Set<String> variables(Role role) {
        return of(role).values().stream()
                .flatMap(text -> Environment.referredToBy(text).stream())
                .collect(Collectors.toSet());
    }
}
