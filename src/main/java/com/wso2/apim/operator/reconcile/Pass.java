package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.inputs.InputsReader;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Ownership;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.resources.Desired;
import com.wso2.apim.operator.resources.DesiredResources;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.revision.Admitted;
import com.wso2.apim.operator.rollout.Failure;
import com.wso2.apim.operator.rollout.Observed;
import com.wso2.apim.operator.rollout.Plan;
import com.wso2.apim.operator.rollout.Plan.Phase;
import com.wso2.apim.operator.rollout.Progress;
import com.wso2.apim.operator.rollout.Rollout;
import com.wso2.apim.operator.rollout.Turn;
import com.wso2.apim.operator.status.Statuses;
import com.wso2.apim.operator.topology.Linter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One pass, decided: from what is to what shall be. Nothing has been written yet. */
record Pass(Inputs inputs, Admission admission, Observed observed, Plan plan, Progress progress, Desired desired) {

    /** Decides a pass; what the decision needs to know of the cluster beyond the inputs, the reader looks up. */
    static Pass of(Inputs inputs, Ownership ownership, InputsReader reader) {
        var pass = linted(inputs, Admission.of(inputs));
        var conflicting = reader.existing(pass.unknown(ownership)).stream()
                .filter(object -> !ownership.isOurs(object))
                .toList();
        if (!conflicting.isEmpty()) {
            return pass.frozenBy(conflicting, ownership);
        }
        return pass.isNewSpec() ? pass.tried(reader) : pass;
    }

    /** What is admitted is applied only if every node, as its file has it, dials whom it should. */
    static Pass linted(Inputs inputs, Admission admission) {
        var pass = of(inputs, admission);
        // Files that are held were linted by the operator that wrote them, which may have had other ideas.
        if (admission.isFrozen() || !admission.update().isEmpty()) {
            return pass;
        }
        var files = new TreeMap<String, String>();
        admission.wanted().values().forEach(target -> files.putAll(target.files()));
        var problems = admission.cluster().stream()
                .flatMap(cluster -> Linter.lint(cluster, files, pass.desired().of(Service.class)).stream())
                .toList();
        return problems.isEmpty() ? pass : of(inputs, admission.frozenBy(problems, inputs));
    }

    /** A new spec is tried on the API server before anything of it is applied, so that it is applied whole or not at all. */
    private Pass tried(InputsReader reader) {
        var refused = new ArrayList<Problem>();
        reader.refusals(desired.objects(), Names.OPERATOR)
                .forEach((object, message) -> refused.add(ApplyProblem.REFUSED.at(key(object), message)));
        return refused.isEmpty() ? this : of(inputs, admission.frozenBy(refused, inputs));
    }

    private boolean isNewSpec() {
        return !admission.isFrozen()
                && Admitted.stored(inputs, admission.names())
                        .filter(admitted -> admitted.isOf(inputs.resource().getSpec()))
                        .isEmpty();
    }

    private static Pass of(Inputs inputs, Admission admission) {
        var observed = Observed.of(inputs, admission.names());
        var plan = plan(inputs, admission, observed);
        var progress = Progress.of(inputs, admission, plan);
        var desired = DesiredResources.of(inputs, admission, plan, progress);
        return new Pass(inputs, admission, observed, plan, progress, desired);
    }

    /** The same pass, frozen by objects of somebody else that bear names of ours, and leaving those alone. */
    private Pass frozenBy(List<HasMetadata> conflicting, Ownership ownership) {
        var frozen = of(
                inputs,
                admission.frozenBy(conflicting.stream().map(ownership::conflict).toList(), inputs));
        var taken = conflicting.stream().map(Pass::key).collect(Collectors.toSet());
        var rest = frozen.desired().objects().stream()
                .filter(object -> !taken.contains(key(object)))
                .toList();
        return new Pass(
                inputs,
                frozen.admission(),
                frozen.observed(),
                frozen.plan(),
                frozen.progress(),
                new Desired(rest, frozen.desired().prunes()));
    }

    private static Plan plan(Inputs inputs, Admission admission, Observed observed) {
        var settled = Admitted.stored(inputs, admission.names())
                .map(Admitted::settled)
                .orElse(Map.<Role, String>of());
        var stored = inputs.owned(ConfigMap.class).stream()
                .map(configMap -> configMap.getMetadata().getName())
                .collect(Collectors.toSet());
        return admission
                .running()
                .map(cluster -> new Rollout(
                                cluster,
                                admission.targets(),
                                settled,
                                observed,
                                stored,
                                Turn.of(inputs),
                                admission.rejection().isPresent())
                        .plan())
                .orElseGet(() -> new Plan(Map.of(), Set.of(), Map.of(), Phase.BOOTING, "nothing was started yet"));
    }

    /** What is to be marked as rejected in this pass. */
    Optional<Failure> rejected() {
        return progress.rejected();
    }

    /** The status, with warnings of what was found while the pass was applied. */
    ApiManagerClusterStatus status(List<String> warnings) {
        return Statuses.of(inputs, admission, observed, plan, progress, warnings);
    }

    /** Whether it makes what outlives the resource, so that nothing would ever take it away again. */
    boolean makesRetained(Ownership ownership) {
        return created().anyMatch(ownership::isRetained);
    }

    /** Desired objects that are not known as ours: to be created, unless something else bears the name. */
    private List<HasMetadata> unknown(Ownership ownership) {
        return created().filter(object -> !ownership.isRetained(object)).toList();
    }

    private Stream<HasMetadata> created() {
        var known = inputs.owned().stream().map(Pass::key).collect(Collectors.toSet());
        return desired.objects().stream().filter(object -> !known.contains(key(object)));
    }

    private static String key(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    /** Whether something is still to happen that no event may announce. */
    boolean isUnderWay() {
        if (plan.isWaiting() && !admission.isFrozen()) {
            return Turn.of(inputs).isNear();
        }
        return admission.isFrozen() || !plan.phase().isAtRest() || progress.isProving();
    }

    /** The pass in one line. */
    String sentence() {
        return admission.isFrozen()
                ? "frozen by " + admission.problems() + "; " + plan.sentence()
                : plan.phase() + ": " + plan.sentence();
    }
}
