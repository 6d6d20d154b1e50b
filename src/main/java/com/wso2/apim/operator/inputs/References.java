package com.wso2.apim.operator.inputs;

import java.util.Set;

/** Names of objects, in the namespace of the resource, that a pass has to read besides those that it owns. */
public record References(Set<String> secrets, Set<String> configMaps) {}
