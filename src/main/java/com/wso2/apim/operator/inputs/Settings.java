package com.wso2.apim.operator.inputs;

import java.time.Duration;
import java.util.Optional;

/**
 * What the operator's installation decides for every resource.
 *
 * @param allInOneImage image of all-in-one nodes; {@code {version}} stands for the product version
 * @param trafficManagerImage image of Traffic Managers where the product has one of its own; {@code {version}} as above
 * @param jdbcDriversImage image with JDBC drivers where the operator's own has them; normally the operator's own
 * @param clusterDomain DNS domain of the cluster
 * @param resyncInterval longest time between two passes over one resource
 * @param minReadySeconds seconds that a node must have been Ready before the next one is touched
 * @param maxRollouts resources whose nodes are restarted for a change at the same time; 0 for any number
 */
public record Settings(
        Optional<String> allInOneImage,
        Optional<String> trafficManagerImage,
        Optional<String> jdbcDriversImage,
        String clusterDomain,
        Duration resyncInterval,
        int minReadySeconds,
        int maxRollouts) {}
