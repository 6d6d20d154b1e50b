package com.wso2.apim.operator.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Trees that come from different readers, made comparable. */
public final class Trees {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Trees() {}

    /** The same kinds of numbers, wherever a tree comes from. */
    public static JsonNode json(Object tree) {
        try {
            return JSON.readTree(JSON.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
