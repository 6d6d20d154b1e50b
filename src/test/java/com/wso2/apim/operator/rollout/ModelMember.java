package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Condition;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.rollout.Plan.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One of several resources: what the API server has of it, its deployment, and the pass that is under way, if one is. */
final class ModelMember implements ModelOperator.Line {

    /** What the others are told. */
    interface Neighbours {

        int bound();

        boolean take(ModelMember member, Turn turn, Plan plan, ApiManagerClusterStatus status);
    }

    private final ModelDeployment deployment;
    private final ModelOperator operator;
    private final Neighbours neighbours;
    private final Random random;
    private ApiManagerCluster resource;
    private Configuration wanted = Configuration.of("good-0");
    private Optional<List<ApiManagerCluster>> read = Optional.empty();
    private Optional<ApiManagerClusterStatus> unsaid = Optional.empty();
    private Phase phase = Phase.BOOTING;
    private boolean isRolling;

    ModelMember(String name, Random random, Journal journal, Neighbours neighbours) {
        this.random = random;
        this.neighbours = neighbours;
        this.deployment = new ModelDeployment(random, journal);
        this.operator = new ModelOperator(deployment, random, journal, this);
        this.resource = Members.resource(name, 300);
    }

    ModelDeployment deployment() {
        return deployment;
    }

    ApiManagerCluster resource() {
        return resource;
    }

    Configuration wanted() {
        return wanted;
    }

    void ask(Configuration configuration) {
        wanted = configuration;
        phase = Phase.BOOTING;
        configuration.targets().forEach((role, target) -> {
            var content = role == Role.ALL_IN_ONE ? configuration.allInOne() : configuration.trafficManager();
            if (content.startsWith("bad")) {
                deployment.spoil(target);
            }
        });
    }

    boolean isSettled() {
        return phase == Phase.SETTLED;
    }

    /** Whether what the user wants is where it is to be, whatever an operator knows of it. */
    private boolean isAtRest() {
        return !deployment.isInMidRoll()
                || wanted.isSuspended()
                || wanted.isPaused()
                        && deployment.pods().values().stream().allMatch(pod -> pod.isReady() && !pod.isLeaving())
                        && !isAnyToldToMove();
    }

    /** Whether the operator has begun to restart its nodes, and has not finished. */
    boolean isRolling() {
        isRolling &= !isAtRest();
        return isRolling;
    }

    /** The next part of a pass: what is read, what is decided and written, what is said. */
    void goOn(List<ApiManagerCluster> known) {
        if (unsaid.isPresent()) {
            resource = resource.with(unsaid.get());
            unsaid = Optional.empty();
        } else if (read.isPresent()) {
            decide(ModelOperator.ALL_WRITES);
        } else {
            operator.catchUp();
            read = Optional.of(known);
        }
    }

    /** The process ends, perhaps between two writes. */
    void die() {
        if (read.isPresent()) {
            decide(random.nextInt(ModelOperator.ALL_WRITES + 1));
        }
        read = Optional.empty();
        unsaid = Optional.empty();
    }

    private void decide(int writes) {
        phase = operator.pass(wanted, writes).phase();
        read = Optional.empty();
        isRolling |= isAnyToldToMove();
    }

    private boolean isAnyToldToMove() {
        return deployment.pods().entrySet().stream()
                .filter(entry -> entry.getValue().isReady())
                .anyMatch(entry -> isToldToMove(entry.getKey(), entry.getValue()));
    }

    private boolean isToldToMove(Node node, ModelPod pod) {
        return deployment
                .statefulSet(node.role())
                .spec()
                .filter(spec -> node.ordinal() >= spec.partition() && node.ordinal() < spec.replicas())
                .filter(spec -> !pod.runs(spec.revision()))
                .isPresent();
    }

    void live(Duration time) {
        deployment.pass(time);
        for (var role : Role.values()) {
            if (random.nextInt(3) > 0) {
                deployment.sync(role);
            }
        }
    }

    @Override
    public Turn turn(Inputs inputs) {
        return new Turn(resource, read.orElseThrow(), neighbours.bound(), deployment.now());
    }

    @Override
    public boolean take(Turn turn, Plan plan, Observed observed, Progress progress) {
        var status = status(plan.roll(), observed, progress);
        if (!neighbours.take(this, turn, plan, status)) {
            return false;
        }
        unsaid = Optional.of(status);
        return true;
    }

    private ApiManagerClusterStatus status(Optional<Roll> roll, Observed observed, Progress progress) {
        var isStuck =
                progress.failure().filter(failure -> !failure.isRejection()).isPresent();
        return Members.status(
                roll,
                condition("AllInOneReady", observed.tier(Role.ALL_IN_ONE).readyNodes() == wanted.allInOnes(), "Nodes"),
                condition(
                        "TrafficManagerReady",
                        observed.tier(Role.TRAFFIC_MANAGER).readyNodes() == wanted.trafficManagers(),
                        "Nodes"),
                condition("Stalled", isStuck, isStuck ? "DeadlineExceeded" : "NoProblem"));
    }

    private Condition condition(String type, boolean status, String reason) {
        var text = status ? "True" : "False";
        var since = Optional.ofNullable(resource.getStatus()).stream()
                .flatMap(said -> said.conditions().stream())
                .filter(before -> before.type().equals(type) && before.status().equals(text))
                .map(Condition::lastTransitionTime)
                .findFirst();
        return new Condition(
                type, text, reason, "", 1L, since.orElse(deployment.now().toString()));
    }
}
