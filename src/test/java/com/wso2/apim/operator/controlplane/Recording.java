package com.wso2.apim.operator.controlplane;

import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Every version of the one resource of a namespace, as JSON, from now on. */
final class Recording implements AutoCloseable, Watcher<GenericKubernetesResource> {

    private final List<String> versions = new ArrayList<>();
    private final Deployment deployment;
    private final Watch watch;
    private String newest = "";

    Recording(Deployment deployment) {
        this.deployment = deployment;
        watch = deployment
                .client()
                .genericKubernetesResources(
                        ApiManagerCluster.GROUP + "/" + ApiManagerCluster.VERSION, ApiManagerCluster.KIND)
                .inNamespace(deployment.namespace())
                .watch(this);
    }

    @Override
    public synchronized void eventReceived(Action action, GenericKubernetesResource resource) {
        versions.add(Serialization.asJson(resource).replace("\n", ""));
        newest = action == Action.DELETED ? "" : resource.getMetadata().getResourceVersion();
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException(cause);
    }

    /** What was recorded since the last call, once it is all there is. */
    List<String> take() {
        await().atMost(Duration.ofSeconds(30)).until(this::isComplete);
        synchronized (this) {
            var taken = List.copyOf(versions);
            versions.clear();
            return taken;
        }
    }

    private synchronized boolean isComplete() {
        var now = deployment.resource();
        return !versions.isEmpty()
                && newest.equals(now == null ? "" : now.getMetadata().getResourceVersion());
    }

    @Override
    public void close() {
        watch.close();
    }
}
