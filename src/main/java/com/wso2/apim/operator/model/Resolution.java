package com.wso2.apim.operator.model;

import java.util.List;
import java.util.Optional;

/**
 * What became of a spec.
 *
 * @param cluster the model, absent if there are problems
 * @param warnings what is worth a look but stops nothing
 */
public record Resolution(Optional<Cluster> cluster, List<Problem> problems, List<String> warnings) {}
