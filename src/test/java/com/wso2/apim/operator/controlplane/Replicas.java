package com.wso2.apim.operator.controlplane;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Set;

/** Collects the number of replicas that StatefulSets were ever told to have. */
record Replicas(Set<Integer> seen) implements ResourceEventHandler<StatefulSet> {

    @Override
    public void onAdd(StatefulSet set) {
        seen.add(set.getSpec().getReplicas());
    }

    @Override
    public void onUpdate(StatefulSet before, StatefulSet after) {
        seen.add(after.getSpec().getReplicas());
    }

    @Override
    public void onDelete(StatefulSet set, boolean isStateUnknown) {}
}
