package com.wso2.apim.operator.model;

import com.wso2.apim.operator.model.Problem.Concern;

/** What can be wrong with the fields of a spec, beyond what the API server can tell. */
public enum SpecProblem implements Problem.Kind {
    NO_IMAGE(
            "spec.<tier>.image",
            "no image is known for this tier: name one here, or configure the operator's default images"),
    HEAP_STARTS_TOO_LARGE(
            "spec.<tier>.jvm.xms", "<xms> is more than the largest heap, <xmx>: lower it or raise jvm.xmx"),
    RESERVED_VARIABLE("spec.<tier>.env[<name>]", "the operator sets this variable itself: choose another name"),
    NEGATIVE_QUANTITY(
            "spec.<tier>.resources.<requests or limits>.<resource>", "<quantity> is negative: write zero or more"),
    NO_QUANTITY(
            "spec.<tier>.resources.<requests or limits>.<resource>",
            "'<text>' is no quantity: write a number with a unit, such as 500m or 2Gi"),
    REQUEST_ABOVE_LIMIT(
            "spec.<tier>.resources.requests.<resource>",
            "<request> is more than the limit, <limit>: lower it or raise resources.limits.<resource>"),
    /** Beside the rule of the CRD: a resource may be older than that. */
    NO_DRIVER(
            "spec.database.driver",
            "the operator's image carries no driver for this database.type: " + SpecProblem.NAME_A_DRIVER),
    NO_DRIVER_IMAGE(
            "spec.database.driver",
            "no image with JDBC drivers is known: " + SpecProblem.NAME_A_DRIVER
                    + ", or set APIM_IMAGES_JDBC_DRIVERS of the operator to its own image"),
    VERSION_RUNS(
            "spec.version",
            "nodes of version <before> may still run, and must not meet those of <version> on the same databases: the change "
                    + "is taken over when none is left; keep suspend: true, or write it"),
    ENCRYPTION_WITHOUT_USE(
            "spec.encryption", "version <version> encrypts with the internal key store and reads no key: remove it");

    private static final String NAME_A_DRIVER = "name an image and the path of the jar in it in database.driver.image "
            + "and database.driver.path, or write database.driver.source: ProductImage if the product's image holds the "
            + "driver";

    private final String where;
    private final String wording;

    SpecProblem(String where, String wording) {
        this.where = where;
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return Concern.CONFIGURATION;
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public String wording() {
        return wording;
    }
}
