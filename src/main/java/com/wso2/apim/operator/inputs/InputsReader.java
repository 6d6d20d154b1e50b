package com.wso2.apim.operator.inputs;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The only reader: of the API server, of the clock and of randomness. */
public final class InputsReader {

    private static final int UNPROCESSABLE = 422;
    /** What webhooks, admission policies and quotas say. */
    private static final List<String> REFUSALS = List.of("denied the request", "denied request", "exceeded quota");

    private final KubernetesClient client;
    private final Settings settings;
    private final Clock clock;
    private final GatewayApiReader gatewayApi;
    private final ListedObjects listed;
    private final SecureRandom random = new SecureRandom();

    /** Reads with the given client, and time from the given clock. */
    public InputsReader(KubernetesClient client, Settings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
        this.gatewayApi = new GatewayApiReader(client);
        this.listed = new ListedObjects(client);
    }

    /**
     * Reads what the resource references; referenced objects carry no label of ours, so they are fetched by name instead of
     * being watched, which would hold every Secret of the cluster in memory.
     */
    public Inputs read(
            ApiManagerCluster resource,
            References references,
            List<ApiManagerCluster> others,
            List<HasMetadata> owned,
            List<Pod> pods) {
        var namespace = resource.getMetadata().getNamespace();
        var served = references.routes().isPresent() ? gatewayApi.served() : GatewayApi.ABSENT;
        var routes = references
                .routes()
                .filter(labels -> !served.kinds().isEmpty())
                .map(labels -> gatewayApi.objects(resource, labels))
                .orElse(List.of());
        var certificates = listed.of(Certificate.class, resource, references.labels());
        return new Inputs(
                resource,
                settings,
                byName(references.secrets(), name -> client.secrets()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()),
                byName(references.configMaps(), name -> client.configMaps()
                        .inNamespace(namespace)
                        .withName(name)
                        .get()),
                others,
                Stream.of(owned, routes, certificates.orElse(List.of()))
                        .<HasMetadata>flatMap(List::stream)
                        .toList(),
                pods,
                served,
                certificates.isPresent(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                random);
    }

    /** Whether the resource is there at this moment, whatever an informer believes, and is to stay. */
    public boolean isThere(ApiManagerCluster resource) {
        return Optional.ofNullable(client.resource(resource).get())
                .map(ApiManagerCluster::getMetadata)
                .filter(metadata ->
                        metadata.getUid().equals(resource.getMetadata().getUid()))
                .filter(metadata -> metadata.getDeletionTimestamp() == null)
                .isPresent();
    }

    /** Those of the given objects, not known as ours, that exist in the cluster under the same kind and name. */
    public List<HasMetadata> existing(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> client.resource(object).get())
                .filter(Objects::nonNull)
                .map(HasMetadata.class::cast)
                .toList();
    }

    /**
     * What the API server, and whatever admission rules it has, would say to each object, in its own words; nothing is
     * written. Only answers that speak of the object count: a webhook that cannot be asked this way is no refusal.
     */
    public Map<HasMetadata, String> refusals(List<HasMetadata> objects, String fieldManager) {
        var refusals = new LinkedHashMap<HasMetadata, String>();
        objects.forEach(object -> refusal(object, fieldManager).ifPresent(message -> refusals.put(object, message)));
        return refusals;
    }

    private Optional<String> refusal(HasMetadata object, String fieldManager) {
        try {
            client.resource(object)
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(fieldManager)
                            .withForce(true)
                            .withDryRun(List.of("All"))
                            .build());
            return Optional.empty();
        } catch (KubernetesClientException e) {
            var message =
                    Optional.ofNullable(e.getStatus()).map(Status::getMessage).orElse("");
            return e.getCode() == UNPROCESSABLE || REFUSALS.stream().anyMatch(message::contains)
                    ? Optional.of(message)
                    : Optional.empty();
        }
    }

    private static <T extends HasMetadata> Map<String, T> byName(Set<String> names, Function<String, T> get) {
        return names.stream()
                .map(name -> Optional.ofNullable(get.apply(name)))
                .flatMap(Optional::stream)
                .collect(Collectors.toMap(object -> object.getMetadata().getName(), Function.identity()));
    }
}
