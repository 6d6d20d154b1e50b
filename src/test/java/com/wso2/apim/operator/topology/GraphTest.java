package com.wso2.apim.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.toml.ServerFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who dials whom, as it is read from the files. */
class GraphTest {

    private static final Cluster CLUSTER =
            Rendered.of(ProductVersion.V4_2_0, 2, 2).cluster();
    private static final Graph GRAPH = graph(text -> text);

    @Test
    void isWhatTheFilesSay() {
        assertThat(edges(new Node(Role.TRAFFIC_MANAGER, 1)))
                .containsExactlyInAnyOrder(
                        "KEY_MANAGER_REST https apim-aio.wso2.svc.cluster.local 9443",
                        "THROTTLING_DECISIONS tcp localhost 5672",
                        "THROTTLING_DUPLICATES tcp apim-tm-0.apim-tm-headless.wso2.svc.cluster.local 5672",
                        "EVENT_HUB_REST https apim-aio.wso2.svc.cluster.local 9443",
                        "EVENT_LISTENING tcp apim-aio-0.apim-aio-headless.wso2.svc.cluster.local 5672",
                        "EVENT_LISTENING tcp apim-aio-1.apim-aio-headless.wso2.svc.cluster.local 5672",
                        "DATABASE jdbc:mysql mysql.wso2.com 3306",
                        "DATABASE jdbc:mysql mysql.wso2.com 3306");
        assertThat(edges(new Node(Role.ALL_IN_ONE, 0)))
                .hasSize(28)
                .contains(
                        "THROTTLING_PUBLISHING ssl apim-tm-1.apim-tm-headless.wso2.svc.cluster.local 9711",
                        "EVENT_PUBLISHING tcp apim-aio-0.apim-aio-headless.wso2.svc.cluster.local 9611",
                        "EVENT_DUPLICATES tcp apim-aio-1.apim-aio-headless.wso2.svc.cluster.local 5672",
                        "NOTIFICATION https localhost ${mgt.transport.https.port}",
                        "JWKS https localhost 9443",
                        "ADVERTISED https gw.am.wso2.com ");
        assertThat(GRAPH.groups()).hasSize(8).allMatch(group -> group.to().size() == 2);
    }

    @Test
    void isTheSameEachTime() {
        assertThat(graph(text -> text)).isEqualTo(GRAPH);
    }

    @RepeatedTest(20)
    void doesNotDependOnTheOrderOfTables(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());

        assertThat(graph(text -> shuffled(text, random))).isEqualTo(GRAPH);
    }

    @ParameterizedTest
    @EnumSource(ProductVersion.class)
    void isLintedInAnyOrderOfTables(ProductVersion version) {
        var rendered = Rendered.of(version, 2, 2);
        var random = new Random(version.ordinal());

        for (var file : rendered.files().entrySet()) {
            assertThat(rendered.with(file.getKey(), shuffled(file.getValue(), random))
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void losesNothingOfAUrl() {
        assertThat(List.of(
                        "tcp://a:1",
                        "x(tcp://[::1]:1/a?b=http://c,ssl://${d}:${e.f}/g;h",
                        "http://",
                        "a://b://c",
                        "http://a:",
                        "tcp://a:1\n"))
                .allSatisfy(text -> assertThat(
                                Address.in(text).stream().map(Address::toString).collect(Collectors.joining()))
                        .isEqualTo(text));
        assertThat(Address.in("jdbc:h2:./repository/database/WSO2CARBON_DB")).isEmpty();
    }

    private static List<String> edges(Node node) {
        return GRAPH.edges().stream()
                .filter(edge -> edge.node().equals(node))
                .map(edge -> "%s %s %s %s"
                        .formatted(
                                edge.purpose(),
                                edge.to().scheme(),
                                edge.to().host(),
                                edge.to().port()))
                .toList();
    }

    private static Graph graph(UnaryOperator<String> change) {
        Map<Node, List<Setting>> files = new LinkedHashMap<>();
        for (var tier : CLUSTER.tiers()) {
            for (var node : tier.nodes()) {
                files.put(
                        node, read(change.apply(ServerFile.render(CLUSTER, node).text())));
            }
        }
        return Graph.of(files);
    }

    private static List<Setting> read(String toml) {
        try {
            return Setting.read(toml);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Jackson refuses\n" + toml, e);
        }
    }

    /** Tables in another order, and keys in each; a table of an array's element stays with it. */
    private static String shuffled(String toml, Random random) {
        var tables = new ArrayList<>(List.of(toml.split("\n(?=\\[(?!event_listener\\.properties))")));
        Collections.shuffle(tables, random);
        return tables.stream().map(table -> keysShuffled(table, random)).collect(Collectors.joining("\n"));
    }

    private static String keysShuffled(String table, Random random) {
        if (table.contains("\n[")) {
            return table;
        }
        var lines = new ArrayList<>(List.of(table.strip().split("\n")));
        Collections.shuffle(lines.subList(1, lines.size()), random);
        return String.join("\n", lines) + "\n";
    }
}
