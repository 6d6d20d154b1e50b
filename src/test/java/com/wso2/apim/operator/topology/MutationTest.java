package com.wso2.apim.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.topology.Mutation.Kind;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens to a URL of a file is noticed. The one exception is a mutation after which the file says the same: its
 * parsed tree is the same but for the order of list elements and of the tables of an array. That order is no wiring: the
 * lists are failover lists, of which a client takes any member that answers, and every group gets every event.
 */
class MutationTest {

    private static final TomlMapper TOML = new TomlMapper();

    /** Four environments, of which two share a host, and two have the same further one. */
    private static final String ENVIRONMENTS = """
            spec:
              version: %s
              allInOne: {replicas: %d}
              trafficManager: {replicas: %d}
              gateway:
                environments:
                - {name: Default}
                - {name: Partners, type: Production, hostname: partners.am.wso2.com, virtualHosts: [
                    {hostname: foods.am.wso2.com}, {hostname: drinks.am.wso2.com}]}
                - {name: Internal, hostname: partners.am.wso2.com}
                - {name: Sandbox, type: Sandbox, virtualHosts: [{hostname: foods.am.wso2.com}]}
            """;

    /** URLs of each file, and swaps in it that change nothing. */
    private record Expected(long urls, long equalSwaps) {}

    @ParameterizedTest
    @MethodSource("deployments")
    void isNoticedInEveryFile(ProductVersion version, int replicas) {
        var rendered = Rendered.of(version, replicas, replicas);
        assertThat(rendered.files()).hasSize(2 * replicas);

        assertNoticed(rendered, file -> expected(version, file, replicas));
    }

    @ParameterizedTest
    @EnumSource(names = {"V4_2_0", "V4_7_0"})
    void isNoticedAmongSeveralEnvironments(ProductVersion version) {
        var rendered = Rendered.of(ENVIRONMENTS.formatted(version, 1, 1));
        assertThat(rendered.problems()).isEmpty();

        assertNoticed(rendered, file -> {
            var alone = expected(version, file, 1);
            // Three environments and three virtual hosts more, with six addresses each, and the node's own services six
            // times; both hosts of two environments, and the virtual host of two, have the same addresses.
            return file.startsWith("apim-aio-") ? new Expected(alone.urls() + 3 + 6 * 6, 15 + 3 * 6) : alone;
        });
    }

    private static void assertNoticed(Rendered rendered, Function<String, Expected> expected) {
        rendered.files().forEach((file, text) -> {
            var mutations = Mutation.of(text);
            var same = mutations.stream()
                    .filter(mutation -> meaning(mutation.text()).equals(meaning(text)))
                    .toList();
            var unnoticed = mutations.stream()
                    .filter(mutation -> !same.contains(mutation))
                    .filter(mutation -> !isNoticed(rendered, file, mutation))
                    .toList();

            assertThat(unnoticed).as(file).isEmpty();
            assertThat(same).as(file).allMatch(mutation -> mutation.kind() == Kind.SWAPPED);
            assertThat(new Expected(Mutation.urls(text), same.size())).as(file).isEqualTo(expected.apply(file));
            assertThatNothingIsLeftOut(Mutation.urls(text), mutations);
        });
    }

    private static Stream<Arguments> deployments() {
        return Stream.of(ProductVersion.values())
                .flatMap(version -> Stream.of(1, 2).map(replicas -> Arguments.of(version, replicas)));
    }

    private static Expected expected(ProductVersion version, String file, int replicas) {
        var isPair = replicas > 1;
        var copies = Dialect.of(version).duplicatesEventsByThrottlingKey() ? 1 : 0;
        var databases = Dialect.of(version).trafficManagerHasDatabases() ? 2 : 0;
        return file.startsWith("apim-aio-")
                // Three times the node's own services; in a pair, the decision brokers and, where two keys
                // name it, the sibling's broker.
                ? isPair ? new Expected(27 + copies, 4 + copies) : new Expected(21, 3)
                // Twice the services of the all-in-one nodes; in a pair, the event brokers.
                : isPair ? new Expected(6 + databases, 2) : new Expected(4 + databases, 1);
    }

    private static void assertThatNothingIsLeftOut(long urls, List<Mutation> mutations) {
        var counts = mutations.stream().collect(Collectors.groupingBy(Mutation::kind, Collectors.counting()));
        assertThat(counts).containsOnlyKeys(Kind.values()).containsEntry(Kind.SWAPPED, urls * (urls - 1) / 2);
        assertThat(counts.get(Kind.DROPPED)).isGreaterThanOrEqualTo(urls);
        assertThat(counts.get(Kind.EMPTIED)).isEqualTo(urls);
        assertThat(counts.get(Kind.OTHER_PORT)).isGreaterThanOrEqualTo(2 * urls);
        assertThat(counts.get(Kind.OTHER_HOST)).isGreaterThanOrEqualTo(16 * urls);
        assertThat(counts.get(Kind.OTHER_SCHEME)).isGreaterThanOrEqualTo(3 * urls);
    }

    private static boolean isNoticed(Rendered rendered, String file, Mutation mutation) {
        var problems = rendered.with(file, mutation.text()).problems();
        return !problems.isEmpty()
                && problems.stream().allMatch(problem -> problem.field().startsWith(file + " "));
    }

    private static Object meaning(String toml) {
        try {
            return meaning(TOML.readTree(toml));
        } catch (JsonProcessingException e) {
            throw new AssertionError("a mutation is to be valid TOML:\n" + toml, e);
        }
    }

    private static Object meaning(JsonNode node) {
        if (node.isObject()) {
            var table = new TreeMap<String, Object>();
            node.properties().forEach(entry -> table.put(entry.getKey(), meaning(entry.getValue())));
            return table;
        }
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .map(element -> meaning(element).toString())
                        .sorted()
                        .toList()
                : node;
    }
}
