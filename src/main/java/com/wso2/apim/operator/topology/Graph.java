package com.wso2.apim.operator.topology;

import com.wso2.apim.operator.model.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who dials whom.
 *
 * @param edges every URL of every file, in an order of their own
 * @param groups receiver groups, in an order of their own
 * @param hosts what is advertised together, in an order of its own
 */
record Graph(List<Edge> edges, List<Group> groups, List<Group> hosts) {

    private static final String ENVIRONMENT = "[[apim.gateway.environment]] ";
    private static final String VIRTUAL_HOST = "[[apim.gateway.environment.virtual_host]] ";
    private static final String NAME = ENVIRONMENT + "name";

    /**
     * One node is told one address.
     *
     * @param environment name of the gateway's environment that it is told for; empty elsewhere
     */
    record Edge(Node node, Purpose purpose, String environment, String key, Address to) {

        Edge(Node node, String environment, String key, Address to) {
            this(node, Purpose.of(key), environment, key, to);
        }

        Edge(Node node, String key, Address to) {
            this(node, "", key, to);
        }
    }

    /** Addresses of one table of a list: receivers that get an event once between them, or those of one host. */
    record Group(Node node, String table, List<Address> to) {}

    private record Table(Node node, String name, List<Integer> place) {}

    /** The graph of what was read from the file of each node. */
    static Graph of(Map<Node, List<Setting>> files) {
        var edges = new ArrayList<Edge>();
        var groups = new LinkedHashMap<Table, List<Address>>();
        var hosts = new LinkedHashMap<Table, List<Address>>();
        files.forEach((node, settings) -> {
            var environments = environments(settings);
            for (var setting : settings) {
                var environment = environment(setting, environments);
                for (var to : Address.in(setting.value())) {
                    var edge = new Edge(node, environment.orElse(""), setting.key(), to);
                    edges.add(edge);
                    if (edge.purpose().isGrouped()) {
                        groups.computeIfAbsent(table(node, setting), first -> new ArrayList<>())
                                .add(to);
                    } else if (environment.isPresent() && edge.purpose() == Purpose.ADVERTISED) {
                        hosts.computeIfAbsent(table(node, setting), first -> new ArrayList<>())
                                .add(to);
                    }
                }
            }
        });
        edges.sort(order(Edge::node)
                .thenComparing(Edge::environment)
                .thenComparing(Edge::key)
                .thenComparing(Edge::to));
        return new Graph(List.copyOf(edges), sorted(groups), sorted(hosts));
    }

    /** Names of environments, by their place in the list. */
    private static Map<Integer, String> environments(List<Setting> settings) {
        return settings.stream()
                .filter(setting -> setting.key().equals(NAME))
                .collect(Collectors.toMap(setting -> setting.place().get(0), Setting::value, (first, second) -> first));
    }

    private static Optional<String> environment(Setting setting, Map<Integer, String> environments) {
        var isOfOne = Stream.of(ENVIRONMENT, VIRTUAL_HOST)
                .anyMatch(table -> setting.key().startsWith(table));
        return isOfOne ? Optional.of(environments.getOrDefault(setting.place().get(0), "")) : Optional.empty();
    }

    private static List<Group> sorted(Map<Table, List<Address>> tables) {
        return tables.entrySet().stream()
                .map(group -> group(group.getKey(), group.getValue()))
                .sorted(order(Group::node).thenComparing(Group::table).thenComparing(group -> group.to()
                        .toString()))
                .toList();
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
