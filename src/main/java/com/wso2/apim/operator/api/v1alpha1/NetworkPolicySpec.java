package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import java.util.List;

/** Who may connect to the nodes. */
public record NetworkPolicySpec(
        @Default("true")
        @JsonPropertyDescription("Whether NetworkPolicies are made: brokers and receivers are for the two tiers only.")
        Boolean enabled,

        @Size(max = 32) @JsonPropertyDescription("Further ingress rules, for both tiers, as in a NetworkPolicy.")
        List<NetworkPolicyIngressRule> additionalIngress) {}
