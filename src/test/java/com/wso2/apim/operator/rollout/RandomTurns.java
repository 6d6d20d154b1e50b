package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus.Roll.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Several resources and one operator, whose passes run beside each other, each in parts; what it knows of the others comes
 * late, and it dies and starts anew. A while of anything that may happen, then peace.
 */
final class RandomTurns implements ModelMember.Neighbours {

    private static final int STEPS = 600;
    private static final int ROUNDS = 500;

    private final long seed;
    private final Random random;
    private final boolean hasTrouble;
    private final int bound;
    private final List<ModelMember> members = new ArrayList<>();
    private final List<Journal> journals = new ArrayList<>();
    private final Map<String, ApiManagerCluster> cache = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private Turns turns = new Turns();
    private int content;

    /** A run in which nodes fail and are lost, too, or one in which they do not. */
    RandomTurns(long seed, boolean hasTrouble) {
        this.seed = seed;
        this.random = new Random(seed);
        this.hasTrouble = hasTrouble;
        this.bound = 1 + random.nextInt(2);
        for (int i = 0; i < bound + 1 + random.nextInt(3); i++) {
            var journal = new Journal(seed);
            journals.add(journal);
            members.add(new ModelMember("member-" + i, random, journal, this));
        }
    }

    /** What was broken. */
    List<String> live() {
        peace("first boot");
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        calm();
        peace("peace");
        journals.forEach(journal -> journal.breaches().forEach(breach -> broken.add(breach.what())));
        return broken.stream().map(what -> "seed %d: %s".formatted(seed, what)).toList();
    }

    /** How often something happened that matters. */
    Map<String, Integer> seen() {
        return seen;
    }

    @Override
    public int bound() {
        return bound;
    }

    private void step() {
        if (random.nextInt(4) == 0) {
            var time = Duration.ofSeconds(random.nextInt(20));
            members.forEach(member -> member.live(time));
        } else {
            goOn(any());
        }
        if (random.nextInt(3) == 0) {
            deliver(any());
        }
        switch (random.nextInt(100)) {
            case 0, 1, 2 -> edit(any());
            case 3 -> members.forEach(this::edit);
            case 4 -> any().ask(any().wanted().withPaused(true));
            case 5, 6 -> members.forEach(member -> member.ask(member.wanted().withPaused(false)));
            case 7 -> dieAndStartAnew();
            case 8 -> delete();
            case 9 -> trouble();
            default -> {}
        }
    }

    private void trouble() {
        var member = any();
        if (!hasTrouble) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 ->
                member.deployment().pods().entrySet().stream()
                        .filter(entry -> !entry.getValue().isLeaving())
                        .findAny()
                        .ifPresent(entry -> member.deployment().evict(entry.getKey(), entry.getValue()));
            case 1 -> member.ask(member.wanted().withAllInOne("bad-" + content++));
            case 2 -> member.ask(member.wanted().withSuspended(!member.wanted().isSuspended()));
            default ->
                member.deployment().loseDatabases(member.deployment().now().plusSeconds(random.nextInt(900)));
        }
    }

    private void edit(ModelMember member) {
        var content = "good-" + this.content++ % 7;
        member.ask(member.wanted().withAllInOne(content).withTrafficManager(content));
    }

    private void delete() {
        if (members.size() > bound + 1) {
            count("deleted");
            members.remove(any());
        }
    }

    private void dieAndStartAnew() {
        count("died");
        members.forEach(ModelMember::die);
        turns = new Turns();
        members.forEach(this::deliver);
    }

    private ModelMember any() {
        return members.get(random.nextInt(members.size()));
    }

    /** An informer gets to know what the API server has. */
    private void deliver(ModelMember member) {
        cache.put(name(member), member.resource());
    }

    private void goOn(ModelMember member) {
        var others = members.stream()
                .filter(other -> other != member)
                .map(other -> cache.getOrDefault(name(other), other.resource()))
                .toList();
        turns.forgetAllBut(member.resource(), others);
        var wasRolling = member.isRolling();
        member.goOn(turns.known(others));
        if (member.isRolling() && !wasRolling) {
            count("began");
            checkBound();
        }
    }

    private void checkBound() {
        var rolling = members.stream().filter(ModelMember::isRolling).count();
        if (rolling > bound && !hasTrouble) {
            broken.add("%d of at most %d roll: %s"
                    .formatted(
                            rolling,
                            bound,
                            members.stream().map(RandomTurns::said).toList()));
        }
    }

    @Override
    public boolean take(ModelMember member, Turn turn, Plan plan, ApiManagerClusterStatus status) {
        if (!turns.take(turn, plan.begins(), status)) {
            count("another was faster");
            return false;
        }
        if (plan.isWaiting()) {
            count("waited");
        }
        if (plan.begins()) {
            checkOrder(member);
        }
        return true;
    }

    /** A place that is free is for whoever is known to wait since an earlier moment. */
    private void checkOrder(ModelMember member) {
        var now = member.deployment().now();
        var since = waitsSince(member.resource()).orElse(now);
        var others = members.stream()
                .filter(other -> other != member)
                .map(ModelMember::resource)
                .toList();
        var rolling = others.stream()
                .filter(other -> new Neighbour(turns.known(other)).holdsItsTurn(now))
                .count();
        var earlier = others.stream()
                .filter(other -> waitsSince(turns.known(other)).isPresent())
                .filter(other -> waitsSince(other).filter(since::isAfter).isPresent())
                .map(other -> other.getMetadata().getName())
                .toList();
        if (rolling + earlier.size() >= bound) {
            broken.add("%s takes a turn, and %s have waited longer".formatted(name(member), earlier));
        }
    }

    private static Optional<Instant> waitsSince(ApiManagerCluster resource) {
        return new Neighbour(resource).roll(State.WAITING).map(roll -> Instant.parse(roll.since()));
    }

    private void calm() {
        members.forEach(member -> {
            member.deployment().loseDatabases(Instant.MIN);
            member.ask(Configuration.of("last"));
        });
    }

    private void peace(String name) {
        for (int i = 0; i < ROUNDS; i++) {
            if (members.stream().allMatch(ModelMember::isSettled)) {
                return;
            }
            members.forEach(member -> member.live(Duration.ofSeconds(5)));
            var order = new ArrayList<>(members);
            Collections.shuffle(order, random);
            order.forEach(this::goOn);
            order.forEach(this::deliver);
        }
        broken.add("%s: not everyone gets its turn: %s"
                .formatted(
                        name,
                        members.stream()
                                .filter(member -> !member.isSettled())
                                .map(RandomTurns::said)
                                .toList()));
    }

    private static String said(ModelMember member) {
        return "%s (%s)"
                .formatted(
                        name(member),
                        Optional.ofNullable(member.resource().getStatus()).map(ApiManagerClusterStatus::roll));
    }

    private static String name(ModelMember member) {
        return member.resource().getMetadata().getName();
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
