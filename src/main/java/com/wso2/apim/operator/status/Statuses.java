package com.wso2.apim.operator.status;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Endpoints;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Node;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Revision;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Adoption;
import com.wso2.apim.operator.revision.Rejection;
import com.wso2.apim.operator.revision.RenewalRules;
import com.wso2.apim.operator.revision.Sources;
import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.revision.Waiting;
import com.wso2.apim.operator.rollout.Observed;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Progress;
import com.wso2.apim.operator.rollout.Restarts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** OBSERVED → STATUS: a pure function of problems, plan, what is there, the previous status and the clock. */
public final class Statuses {

    private final Inputs inputs;
    private final Admission admission;
    private final Observed observed;
    private final Plan plan;
    private final Progress progress;
    private final List<String> warnings;
    private final Optional<ApiManagerClusterStatus> previous;

    private Statuses(
            Inputs inputs,
            Admission admission,
            Observed observed,
            Plan plan,
            Progress progress,
            List<String> warnings) {
        this.inputs = inputs;
        this.admission = admission;
        this.observed = observed;
        this.plan = plan;
        this.progress = progress;
        this.warnings =
                Stream.of(admission.warnings(), warnings).flatMap(List::stream).toList();
        this.previous = Optional.ofNullable(inputs.resource().getStatus());
    }

    /**
     * The status after a pass.
     *
     * @param warnings what was found after the admission
     */
    public static ApiManagerClusterStatus of(
            Inputs inputs,
            Admission admission,
            Observed observed,
            Plan plan,
            Progress progress,
            List<String> warnings) {
        return new Statuses(inputs, admission, observed, plan, progress, warnings).status();
    }

    private ApiManagerClusterStatus status() {
        var conditions = new Conditions(
                inputs.resource().getMetadata().getGeneration(),
                previous.map(ApiManagerClusterStatus::conditions).orElse(List.of()),
                inputs.now());
        var certificates = certificates();
        return new ApiManagerClusterStatus(
                inputs.resource().getMetadata().getGeneration(),
                nodes(Role.ALL_IN_ONE),
                nodes(Role.TRAFFIC_MANAGER),
                new Verdict(inputs, admission, observed, plan, certificates, conditions, Stall.of(admission, progress))
                        .all(),
                warnings,
                admission.cluster().map(Statuses::endpoints).orElseGet(() -> previous.map(
                                ApiManagerClusterStatus::endpoints)
                        .orElse(null)),
                Stream.of(Role.values()).flatMap(this::nodesOf).toList(),
                Stream.of(Role.values()).flatMap(this::revisionOf).toList(),
                certificates.all(),
                admission
                        .sources()
                        .map(sources -> Adoption.adopted(inputs, sources))
                        .orElseGet(() ->
                                previous.map(ApiManagerClusterStatus::adopted).orElse(List.of())),
                plan.roll().orElse(null));
    }

    /** With a problem, what was said last is still what nodes have. */
    private Certificates certificates() {
        var rules = RenewalRules.of(inputs.resource().getSpec());
        return admission
                .sources()
                .map(sources -> Certificates.of(keys(sources), rules, inputs.now()))
                .orElseGet(() -> new Certificates(
                        previous.map(ApiManagerClusterStatus::certificates).orElse(List.of()), inputs.now()));
    }

    /** What nodes are to show, or, where they are not restarted for it, what they do show. */
    private Keys keys(Sources sources) {
        var isPaused = admission
                .cluster()
                .filter(cluster -> cluster.operation().paused())
                .isPresent();
        return isPaused ? Waiting.shown(inputs, admission.names(), sources.keys()) : sources.keys();
    }

    private String nodes(Role role) {
        var wanted = admission
                .cluster()
                .map(cluster -> cluster.tier(role).replicas())
                .orElse(0);
        return observed.tier(role).readyNodes() + "/" + wanted;
    }

    private static Endpoints endpoints(Cluster cluster) {
        var portals = "https://" + cluster.hostnames().api();
        return new Endpoints(
                portals + "/publisher",
                portals + "/devportal",
                portals + "/admin",
                "https://" + cluster.environments().get(0).hostname());
    }

    private Stream<Node> nodesOf(Role role) {
        var restarts = Restarts.of(inputs, admission.targets(), observed);
        return observed.tier(role).places().stream().map(place -> {
            var node = new com.wso2.apim.operator.model.Node(role, place.ordinal());
            return new Node(
                    admission.names().pod(node),
                    role.component(),
                    place.ready(),
                    place.revision().orElse(null),
                    restarts.reason(node).orElse(null));
        });
    }

    private Stream<Revision> revisionOf(Role role) {
        return Optional.ofNullable(admission.wanted().get(role)).stream()
                .map(target -> new Revision(
                        role.component(),
                        plan.settled().get(role),
                        target.name(),
                        admission
                                .rejection()
                                .map(Rejection::revision)
                                .filter(target.name()::equals)
                                .orElse(null)));
    }
}
