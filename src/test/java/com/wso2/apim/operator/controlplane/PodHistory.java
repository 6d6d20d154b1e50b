package com.wso2.apim.operator.controlplane;

import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Everything that happened to the pods of a namespace, in order, as a watch tells it. */
final class PodHistory implements AutoCloseable {

    /**
     * One pod after something happened to it.
     *
     * @param isLeaving whether it has been told to go
     * @param readyPods those that are Ready then
     */
    record Moment(
            What what,
            String pod,
            String uid,
            String revision,
            boolean isReady,
            boolean isLeaving,
            TreeSet<String> readyPods) {}

    /** What happened. */
    enum What {
        CREATED,
        READY,
        UNREADY,
        DELETED
    }

    private final List<Moment> moments = new ArrayList<>();
    private final TreeSet<String> ready = new TreeSet<>();
    private final SharedIndexInformer<Pod> informer;

    PodHistory(KubernetesClient client, String namespace) {
        informer = client.pods().inNamespace(namespace).inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                add(What.CREATED, pod);
                if (isReady(pod)) {
                    add(What.READY, pod);
                }
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                if (isReady(before) != isReady(after)) {
                    add(isReady(after) ? What.READY : What.UNREADY, after);
                }
            }

            @Override
            public void onDelete(Pod pod, boolean isStateUnknown) {
                add(What.DELETED, pod);
            }
        });
    }

    synchronized List<Moment> moments() {
        return List.copyOf(moments);
    }

    /** Moments of one sort, as pod names in their order. */
    List<String> pods(What what) {
        return moments().stream()
                .filter(moment -> moment.what() == what)
                .map(Moment::pod)
                .toList();
    }

    /** Forgets what happened so far. */
    synchronized void clear() {
        moments.clear();
    }

    @Override
    public void close() {
        informer.close();
    }

    private synchronized void add(What what, Pod pod) {
        var name = pod.getMetadata().getName();
        if (what == What.READY) {
            ready.add(name);
        } else {
            ready.remove(name);
        }
        moments.add(new Moment(
                what,
                name,
                pod.getMetadata().getUid(),
                revision(pod),
                isReady(pod),
                pod.getMetadata().getDeletionTimestamp() != null,
                new TreeSet<>(ready)));
    }

    /** What a pod runs. */
    static String revision(Pod pod) {
        return pod.getMetadata().getAnnotations().get(Names.REVISION_ANNOTATION);
    }

    /** Ready and not on its way out. */
    static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }
}
