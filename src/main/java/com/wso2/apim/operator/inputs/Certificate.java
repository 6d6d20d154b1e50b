package com.wso2.apim.operator.inputs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Optional;

/** A request to cert-manager, and its answer: as much of its kind as the operator writes and reads. */
@Group(Certificate.GROUP)
@Version(Certificate.VERSION)
@JsonDeserialize(using = JsonDeserializer.None.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"apiVersion", "kind", "metadata", "spec", "status"})
public final class Certificate implements HasMetadata, Namespaced {

    static final String GROUP = "cert-manager.io";
    static final String VERSION = "v1";

    private String apiVersion = GROUP + "/" + VERSION;
    private String kind = "Certificate";
    private ObjectMeta metadata;
    private Spec spec;
    private Status status;

    /** One that is still empty, as deserialization needs it. */
    public Certificate() {}

    /** One that is to be. */
    public Certificate(ObjectMeta metadata, Spec spec) {
        this.metadata = metadata;
        this.spec = spec;
    }

    /**
     * What is asked for.
     *
     * @param duration as Go prints it, such as 2160h0m0s
     * @param renewBefore as Go prints it
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spec(
            String secretName,
            String commonName,
            List<String> dnsNames,
            List<String> usages,
            PrivateKey privateKey,
            String duration,
            String renewBefore,
            IssuerRef issuerRef) {}

    /** Form of the private key. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PrivateKey(String algorithm, String encoding, Integer size, String rotationPolicy) {}

    /** Who is asked. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record IssuerRef(String group, String kind, String name) {}

    /** What cert-manager says. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(List<Condition> conditions) {}

    /** One thing that it says. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Condition(String type, String status, String message, Long observedGeneration) {}

    /** A condition that speaks of what is asked for now. */
    public Optional<Condition> condition(String type) {
        return Optional.ofNullable(status).map(Status::conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.type()))
                .filter(condition -> condition.observedGeneration() == null
                        || condition.observedGeneration().equals(metadata.getGeneration()))
                .findFirst();
    }

    @Override
    public ObjectMeta getMetadata() {
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    @Override
    public String getApiVersion() {
        return apiVersion;
    }

    @Override
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    @Override
    public String getKind() {
        return kind;
    }

    /** As JSON has it. */
    public void setKind(String kind) {
        this.kind = kind;
    }

    /** What is asked for. */
    public Spec getSpec() {
        return spec;
    }

    /** Asks for something else. */
    public void setSpec(Spec spec) {
        this.spec = spec;
    }

    /** What cert-manager says; null before it has looked. */
    public Status getStatus() {
        return status;
    }

    /** What a test's cert-manager says. */
    public void setStatus(Status status) {
        this.status = status;
    }
}
