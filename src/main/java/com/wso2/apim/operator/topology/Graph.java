package com.wso2.apim.operator.topology;

import com.wso2.apim.operator.model.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Who dials whom.
 *
 * @param edges every URL of every file, in an order of their own
 * @param groups receiver groups, in an order of their own
 */
record Graph(List<Edge> edges, List<Group> groups) {

    /** One node is told one address. */
    record Edge(Node node, Purpose purpose, String key, Address to) {

        Edge(Node node, String key, Address to) {
            this(node, Purpose.of(key), key, to);
        }
    }

    /** Receivers that get an event once between them. */
    record Group(Node node, String table, List<Address> to) {}

    private record Table(Node node, String name, List<Integer> place) {}

    /** The graph of what was read from the file of each node. */
    static Graph of(Map<Node, List<Setting>> files) {
        var edges = new ArrayList<Edge>();
        var groups = new LinkedHashMap<Table, List<Address>>();
        files.forEach((node, settings) -> settings.forEach(setting -> {
            for (var to : Address.in(setting.value())) {
                var edge = new Edge(node, setting.key(), to);
                edges.add(edge);
                if (edge.purpose().isGrouped()) {
                    groups.computeIfAbsent(table(node, setting), first -> new ArrayList<>())
                            .add(to);
                }
            }
        }));
        edges.sort(order(Edge::node).thenComparing(Edge::key).thenComparing(Edge::to));
        return new Graph(
                List.copyOf(edges),
                groups.entrySet().stream()
                        .map(group -> group(group.getKey(), group.getValue()))
                        .sorted(order(Group::node).thenComparing(Group::table).thenComparing(group -> group.to()
                                .toString()))
                        .toList());
    }

    private static Table table(Node node, Setting setting) {
        return new Table(node, setting.key().substring(0, setting.key().indexOf(' ')), setting.place());
    }

    private static Group group(Table table, List<Address> to) {
        return new Group(table.node(), table.name(), to.stream().sorted().toList());
    }

    private static <T> Comparator<T> order(Function<T, Node> node) {
        return Comparator.comparing((T element) -> node.apply(element).role())
                .thenComparing(element -> node.apply(element).ordinal());
    }
}
