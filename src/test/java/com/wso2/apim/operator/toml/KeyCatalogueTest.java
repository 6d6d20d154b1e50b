package com.wso2.apim.operator.toml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys a server reads, and which one was meant. */
class KeyCatalogueTest {

    private static final KeyCatalogue CATALOGUE = KeyCatalogue.of("4.5.0", Role.ALL_IN_ONE);
    private static final ClosestKey CLOSEST = new ClosestKey(CATALOGUE.keys());

    @ParameterizedTest
    @EnumSource
    void hasWhatTheOperatorWrites(ProductVersion version) {
        var cluster = cluster(version);

        for (var tier : cluster.tiers()) {
            var own = ServerFile.own(cluster, tier.nodes().get(0));
            assertThat(new UnknownKeys(version, Set.of(tier.role()), Map.of()).warnings(own))
                    .as("%s %s", version, tier.role())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.0", "4.3.0", "4.4.0", "4.5.0", "4.6.0", "4.7.0"})
    void hasEveryVersionOfBothTiers(String version) {
        for (var role : Role.values()) {
            assertThat(KeyCatalogue.of(version, role).keys().count()).isBetween(2_000L, 4_000L);
        }
    }

    @Test
    void tellsTheTiersApartWhereTheyHaveDistributionsOfTheirOwn() {
        var key = path("indexing", "re_indexing");

        assertThat(KeyCatalogue.of("4.5.0", Role.TRAFFIC_MANAGER).knows(key)).isFalse();
        assertThat(KeyCatalogue.of("4.2.0", Role.TRAFFIC_MANAGER).knows(key)).isTrue();
    }

    @Test
    void takesAnyNameBelowProperties() {
        assertThat(CATALOGUE.knows(path("apim", "analytics", "properties", "a.b")))
                .isTrue();
        assertThat(CATALOGUE.knows(path("apim", "analytics", "propertys", "a.b")))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource
    void namesTheKeyThatWasMeant(String given, Optional<String> meant) {
        assertThat(CLOSEST.to(path(given.split("\\."))).map(KeyPath::toString)).isEqualTo(meant);
    }

    private static Stream<Arguments> namesTheKeyThatWasMeant() {
        return Stream.of(
                arguments("apim.throttling.enableUnlimitedTier", Optional.of("apim.throttling.enable_unlimited_tier")),
                arguments("apim.cors.allow_header", Optional.of("apim.cors.allow_headers")),
                arguments("cors.allow_headers", Optional.of("apim.cors.allow_headers")),
                arguments("apim.jwt.enabled", Optional.of("apim.jwt.enable")),
                arguments("apim.quux.frobnicate", Optional.empty()),
                arguments("enable", Optional.empty()));
    }

    @Test
    void hasEveryWiringKeyOfSomeVersion() {
        assertThat(WiringKeys.all()).allMatch(key -> Stream.of(Role.values())
                .anyMatch(role -> KeyCatalogue.of("4.5.0", role).knows(path(key.split("\\.")))));
    }

    private static KeyPath path(String... segments) {
        var path = KeyPath.ROOT;
        for (var segment : segments) {
            path = path.child(segment);
        }
        return path;
    }

    private static Cluster cluster(ProductVersion version) {
        var resource = AdmittedResource.of(
                Path.of("src/test/resources/reference/cr.yaml"), "{spec: {version: %s}}".formatted(version));
        return Resolver.resolve(new Names("wso2", "apim"), resource.getSpec(), Installation.SETTINGS)
                .cluster()
                .orElseThrow();
    }
}
