package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs after all other tests, and compares what the operator did in them, by the API servers' audit logs, with what it may do. */
class GrantedRightsIT {

    /** Granted to every user by the cluster itself (system:basic-user, system:discovery). */
    private static final Set<String> EVERYBODYS_GROUPS = Set.of("authorization.k8s.io");

    /** Asked for by the SDK before it starts, not used by it. */
    private static final Right ASKED_FOR_ONLY = new Right("update", "coordination.k8s.io", "leases");

    @Test
    void theOperatorMayDoWhatItDidInAllTestsAndNothingElse() throws IOException {
        var used = UsedRights.take();
        used.removeIf(right -> EVERYBODYS_GROUPS.contains(right.group()));
        var granted = granted();
        assertThat(granted).contains(ASKED_FOR_ONLY);
        used.add(ASKED_FOR_ONLY);

        assertThat(used).isEqualTo(granted);
    }

    private static SortedSet<Right> granted() throws IOException {
        var serialization = new KubernetesSerialization();
        return Arrays.stream(Files.readString(Path.of("deploy", "rbac.yaml")).split("(?m)^---$"))
                .map(serialization::unmarshal)
                .flatMap(GrantedRightsIT::rules)
                .flatMap(Right::grantedBy)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Rules of the operator's own roles; the aggregated ones are for people. */
    private static Stream<PolicyRule> rules(Object object) {
        if (object instanceof ClusterRole role
                && role.getMetadata().getLabels().keySet().stream()
                        .noneMatch(label -> label.contains("aggregate-to"))) {
            return role.getRules().stream();
        }
        return object instanceof Role role ? role.getRules().stream() : Stream.empty();
    }
}
