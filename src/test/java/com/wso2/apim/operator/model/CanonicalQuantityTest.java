package com.wso2.apim.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quantities as a Kubernetes API server gives them back. */
class CanonicalQuantityTest {

    @ParameterizedTest
    @CsvSource({
        "1Gi, 1Gi",
        "1024Mi, 1Gi",
        "1536Mi, 1536Mi",
        "0.5Gi, 512Mi",
        "1.5Gi, 1536Mi",
        "1048576Ki, 1Gi",
        "0.5Ki, 512",
        "1000Mi, 1000Mi",
        "1000M, 1G",
        "1500M, 1500M",
        "1.5G, 1500M",
        "1000m, 1",
        "0.5, 500m",
        "2, 2",
        "2000, 2k",
        "1024, 1024",
        "0, 0",
        "0Mi, 0",
        "0.0000000001, 1n",
        "1e3, 1e3"
    })
    void haveTheLargestUnitThatNeedsNoFraction(String written, String stored) {
        assertThat(CanonicalQuantity.of(written)).isEqualTo(stored);
    }
}
