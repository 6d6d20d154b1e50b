package com.wso2.apim.operator.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class PublicRootsTest {

    private static final SortedMap<String, String> ROOTS = PublicRoots.certificates();

    @Test
    void areThoseThisJavaTrusts() {
        assertThat(ROOTS).hasSizeGreaterThan(50);
        assertThat(ROOTS.values())
                .allSatisfy(pem -> assertThat(CertificateDetails.allOf(pem)).hasSize(1));
    }

    @Test
    void haveTheSameAliasesEachTime() {
        assertThat(PublicRoots.certificates()).isEqualTo(ROOTS);
    }

    @Test
    void haveAliasesMadeOfSubjectAndDigest() {
        assertThat(ROOTS.keySet()).allSatisfy(alias -> assertThat(alias).matches("[a-z0-9-]{4,60}-[0-9a-f]{16}"));
    }
}
