package com.wso2.apim.operator.rollout;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process last said of each resource, or is about to. Turns are taken by what statuses say, and those come back from
 * the API server late: two passes at the same time would both find nobody who rolls. So one pass after the other is told what
 * the others have decided. Nothing is lost with the process: whoever has taken a turn says so before anything moves.
 */
public final class Turns {

    private final Map<String, ApiManagerClusterStatus> said = new HashMap<>();

    /** The same resources, none of them older than what this process has decided of it. */
    public synchronized List<ApiManagerCluster> known(List<ApiManagerCluster> others) {
        return others.stream().map(this::known).toList();
    }

    /** The same resource, not older than what this process has said of it: an older definition would not keep its turn. */
    public synchronized ApiManagerCluster known(ApiManagerCluster resource) {
        var status = said.get(uid(resource));
        return status == null || status.equals(resource.getStatus()) ? resource : resource.with(status);
    }

    /**
     * Remembers what a pass has decided, unless it has taken a turn that another one has taken in the meantime.
     *
     * @param begins whether the pass takes a turn
     * @return false if the pass has to be made again
     */
    public synchronized boolean take(Turn turn, boolean begins, ApiManagerClusterStatus status) {
        var now = new Turn(turn.resource(), known(turn.others()), turn.bound(), turn.now());
        if (begins && now.waitsFor().isPresent()) {
            return false;
        }
        said.put(uid(turn.resource()), status);
        return true;
    }

    /** Remembers what is said of a resource whose pass has failed. */
    public synchronized void failed(ApiManagerCluster resource, ApiManagerClusterStatus status) {
        said.put(uid(resource), status);
    }

    /** Forgets those that are gone. */
    public synchronized void forgetAllBut(ApiManagerCluster resource, List<ApiManagerCluster> others) {
        said.keySet()
                .retainAll(Stream.concat(Stream.of(resource), others.stream())
                        .map(Turns::uid)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    private static String uid(ApiManagerCluster resource) {
        return resource.getMetadata().getUid();
    }
}
