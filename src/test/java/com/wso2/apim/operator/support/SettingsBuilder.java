package com.wso2.apim.operator.support;

import com.wso2.apim.operator.inputs.Settings;
import java.time.Duration;
import java.util.Optional;

/** Settings that differ from others in what a test is about. */
public final class SettingsBuilder {

    private Optional<String> allInOneImage;
    private Optional<String> trafficManagerImage;
    private Optional<String> jdbcDriversImage;
    private String clusterDomain;
    private Duration resyncInterval;
    private int minReadySeconds;
    private int maxRollouts;

    private SettingsBuilder(Settings settings) {
        allInOneImage = settings.allInOneImage();
        trafficManagerImage = settings.trafficManagerImage();
        jdbcDriversImage = settings.jdbcDriversImage();
        clusterDomain = settings.clusterDomain();
        resyncInterval = settings.resyncInterval();
        minReadySeconds = settings.minReadySeconds();
        maxRollouts = settings.maxRollouts();
    }

    public static SettingsBuilder from(Settings settings) {
        return new SettingsBuilder(settings);
    }

    public SettingsBuilder allInOneImage(String image) {
        allInOneImage = Optional.of(image);
        return this;
    }

    public SettingsBuilder withoutProductImages() {
        allInOneImage = Optional.empty();
        trafficManagerImage = Optional.empty();
        return this;
    }

    public SettingsBuilder jdbcDriversImage(String image) {
        jdbcDriversImage = Optional.of(image);
        return this;
    }

    public SettingsBuilder withoutJdbcDriversImage() {
        jdbcDriversImage = Optional.empty();
        return this;
    }

    public SettingsBuilder clusterDomain(String domain) {
        clusterDomain = domain;
        return this;
    }

    public SettingsBuilder resyncInterval(Duration interval) {
        resyncInterval = interval;
        return this;
    }

    public SettingsBuilder minReadySeconds(int seconds) {
        minReadySeconds = seconds;
        return this;
    }

    public SettingsBuilder maxRollouts(int resources) {
        maxRollouts = resources;
        return this;
    }

    public Settings build() {
        return new Settings(
                allInOneImage,
                trafficManagerImage,
                jdbcDriversImage,
                clusterDomain,
                resyncInterval,
                minReadySeconds,
                maxRollouts);
    }
}
