package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A version of WSO2 API Manager that the operator can run. The rules of the CRD compare them as text. */
public enum ProductVersion {
    @JsonProperty("4.2.0")
    V4_2_0("4.2.0"),
    @JsonProperty("4.3.0")
    V4_3_0("4.3.0"),
    @JsonProperty("4.4.0")
    V4_4_0("4.4.0"),
    @JsonProperty("4.5.0")
    V4_5_0("4.5.0"),
    @JsonProperty("4.6.0")
    V4_6_0("4.6.0"),
    @JsonProperty("4.7.0")
    V4_7_0("4.7.0");

    /** Those that encrypt what they store with a key of its own, as the rules of the CRD write a list. */
    static final String ENCRYPTING_WITH_KEY = "['4.7.0']";

    private final String text;

    ProductVersion(String text) {
        this.text = text;
    }

    /** As people write it: {@code 4.5.0}. */
    @Override
    public String toString() {
        return text;
    }
}
