package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** A Service that carries WebSocket and WebSub on the product's ports. */
@ValidationRule(
        value = "self.type == 'LoadBalancer' || (!has(self.loadBalancerClass) && !has(self.loadBalancerSourceRanges))",
        fieldPath = ".type",
        message =
                "loadBalancerClass and loadBalancerSourceRanges are only read with exposure.service.type LoadBalancer: "
                        + "remove them or set the type")
public record StreamService(
        @Default("LoadBalancer")
        @JsonPropertyDescription(
                "LoadBalancer: the cluster's balancer for TCP. NodePort: a balancer of yours in front of the "
                        + "nodes. ClusterIP: something of yours in the cluster, such as TCP services of an Ingress controller.")
        Type type,

        @JsonPropertyDescription("Annotations, which balancers read.")
        Map<String, String> annotations,

        @Size(max = 253)
        @JsonPropertyDescription("Which balancer takes it. Default: the cluster's. It cannot be changed later.")
        String loadBalancerClass,

        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Address ranges that may connect, such as 192.0.2.0/24. Default: all.")
        List<String> loadBalancerSourceRanges) {

    /** Types of Services. */
    public enum Type {
        @JsonProperty("ClusterIP")
        CLUSTER_IP("ClusterIP"),
        @JsonProperty("NodePort")
        NODE_PORT("NodePort"),
        @JsonProperty("LoadBalancer")
        LOAD_BALANCER("LoadBalancer");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** As Kubernetes writes it. */
        public String text() {
            return text;
        }
    }
}
