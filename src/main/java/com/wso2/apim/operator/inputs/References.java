package com.wso2.apim.operator.inputs;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a pass has to read, in the namespace of the resource, besides the objects that are watched.
 *
 * @param secrets names of Secrets
 * @param configMaps names of ConfigMaps
 * @param labels of the resource's own objects
 * @param routes labels of the resource's objects of Gateway API; absent if it has none and wants none
 */
public record References(
        Set<String> secrets,
        Set<String> configMaps,
        Map<String, String> labels,
        Optional<Map<String, String>> routes) {}
