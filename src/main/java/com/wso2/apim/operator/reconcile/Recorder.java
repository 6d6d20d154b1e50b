package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.model.Names;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventSeriesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kubernetes Events: what happens to a resource, as {@code kubectl describe} shows it. A repeat counts up a series. */
final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NOTE = 1024;

    private final KubernetesClient client;
    private final Clock clock;

    Recorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Writes an Event; one that cannot be written must not fail a pass. */
    void record(ApiManagerCluster about, EventReason reason, String note) {
        try {
            var event = event(about, reason, note);
            var events = client.events()
                    .v1()
                    .events()
                    .inNamespace(about.getMetadata().getNamespace());
            var repeated = events.withName(event.getMetadata().getName()).get();
            if (repeated == null) {
                events.resource(event).create();
            } else {
                events.resource(countedUp(repeated)).update();
            }
        } catch (KubernetesClientException e) {
            LOG.warn("Event {} was not written: {}", reason.text(), e.getMessage());
        }
    }

    private Event countedUp(Event repeated) {
        var count = repeated.getSeries() == null ? 1 : repeated.getSeries().getCount();
        return new EventBuilder(repeated)
                .withSeries(new EventSeriesBuilder()
                        .withCount(count + 1)
                        .withLastObservedTime(now())
                        .build())
                .build();
    }

    private Event event(ApiManagerCluster about, EventReason reason, String note) {
        var digest = "%s %s %s %s"
                .formatted(about.getMetadata().getUid(), reason.type().text(), reason.text(), note)
                .hashCode();
        return new EventBuilder()
                .withNewMetadata()
                .withName("%s.%08x".formatted(about.getMetadata().getName(), digest))
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withEventTime(now())
                .withType(reason.type().text())
                .withReason(reason.text())
                .withAction("Reconcile")
                .withNote(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note)
                .withReportingController(ApiManagerCluster.GROUP + "/" + Names.OPERATOR)
                .withReportingInstance(Names.OPERATOR)
                .withRegarding(reference(about))
                .build();
    }

    private static ObjectReference reference(ApiManagerCluster about) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(about.getMetadata().getNamespace())
                .withName(about.getMetadata().getName())
                .withUid(about.getMetadata().getUid())
                .withResourceVersion(about.getMetadata().getResourceVersion())
                .build();
    }

    private MicroTime now() {
        return new MicroTime(MICROSECONDS.format(clock.instant()));
    }
}
