package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Options of the Ingresses. */
public record IngressOptions(
        @Size(max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("IngressClass. Default: the cluster's default class.")
        String className,

        @JsonPropertyDescription(
                "Certificate of every Ingress. Default: the controller's own, which browsers need not trust.")
        IngressTls tls) {}
