package com.wso2.apim.operator.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.topology.Graph.Edge;
import com.wso2.apim.operator.topology.Graph.Group;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Reads every rendered file back and says where it dials somebody else than it should, or nobody. */
public final class Linter {

    /** Tables in which every URL decides who dials whom, and in which unknown keys would override known ones. */
    private static final Pattern WIRING = Pattern.compile("\\[+apim\\.(throttling|event_hub)[].].*");

    private static final String LOCAL_IP = "carbon.local.ip";

    private final Cluster cluster;
    private final Directory directory;
    private final List<Problem> problems = new ArrayList<>();

    private Linter(Cluster cluster, Directory directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    /**
     * Everything that is wrong; nothing, if each node dials whom it should.
     *
     * @param files every deployment.toml of the deployment, by the name that the node's file has
     * @param services every Service that there shall be
     */
    public static List<Problem> lint(Cluster cluster, Map<String, String> files, List<Service> services) {
        var linter = new Linter(cluster, Directory.of(cluster, services));
        var read = linter.read(files);
        linter.check(read);
        return List.copyOf(linter.problems);
    }

    private record Place(Node node, String environment, String key) {

        private Place(Edge edge) {
            this(edge.node(), edge.environment(), edge.key());
        }
    }

    private Map<Node, List<Setting>> read(Map<String, String> files) {
        var read = new LinkedHashMap<Node, List<Setting>>();
        var left = new TreeSet<>(files.keySet());
        for (var tier : cluster.tiers()) {
            for (var node : tier.nodes()) {
                var file = cluster.names().file(node);
                if (left.remove(file)) {
                    read(file, files.get(file)).ifPresent(settings -> read.put(node, settings));
                } else {
                    problems.add(TopologyProblem.NO_FILE.at(file, node));
                }
            }
        }
        left.forEach(file -> problems.add(TopologyProblem.NO_NODE.at(file)));
        return read;
    }

    private Optional<List<Setting>> read(String file, String text) {
        try {
            return Optional.of(Setting.read(text));
        } catch (JsonProcessingException e) {
            problems.add(TopologyProblem.NO_TOML.at(file, e.getOriginalMessage()));
            return Optional.empty();
        }
    }

    private void check(Map<Node, List<Setting>> read) {
        var graph = Graph.of(read);
        read.forEach((node, settings) -> settings.stream()
                .filter(setting -> setting.value().contains(LOCAL_IP))
                .forEach(setting -> problem(TopologyProblem.LOCAL_IP, node, setting.key())));
        var intended = Intended.edges(cluster).stream()
                .filter(edge -> read.containsKey(edge.node()))
                .toList();
        compare(graph.edges(), intended);
        graph.edges().forEach(this::answered);
        graph.groups().forEach(this::group);
        if (cluster.overlays().isEmpty()) {
            graph.hosts().forEach(this::host);
        }
    }

    /** Holds what is dialled by each key against what shall be, as often as it shall be. */
    private void compare(List<Edge> actual, List<Edge> intended) {
        var surplus = without(actual, intended).stream()
                .filter(edge -> edge.purpose() != Purpose.OTHER
                        || WIRING.matcher(edge.key()).matches())
                .filter(edge -> !isTheUsers(edge))
                .collect(byKey());
        var missing = without(intended, actual).stream().collect(byKey());
        surplus.forEach((place, edges) -> {
            if (missing.containsKey(place)) {
                problem(TopologyProblem.WRONG_ADDRESS, place, list(edges), list(missing.get(place)));
            } else {
                problem(TopologyProblem.ADDRESS_TOO_MANY, place, list(edges));
            }
        });
        missing.forEach((place, edges) -> {
            if (!surplus.containsKey(place)) {
                problem(TopologyProblem.ADDRESS_MISSING, place, list(edges));
            }
        });
    }

    private static Collector<Edge, ?, Map<Place, List<Edge>>> byKey() {
        return Collectors.groupingBy(Place::new, LinkedHashMap::new, Collectors.toList());
    }

    private static List<Edge> without(List<Edge> edges, List<Edge> others) {
        var left = new ArrayList<>(edges);
        others.forEach(left::remove);
        return left;
    }

    /**
     * Whether the user's own TOML may have brought it: addresses for clients, all of an environment of the user's own, and
     * what the operator knows nothing of. What wires the nodes together cannot come from there.
     */
    private boolean isTheUsers(Edge edge) {
        return !cluster.overlays().isEmpty()
                && (edge.purpose() == Purpose.ADVERTISED
                        || edge.purpose() == Purpose.NOTIFICATION
                        || edge.purpose() == Purpose.GATEWAY_REST && !isOurs(edge.environment())
                        || edge.purpose() == Purpose.OTHER
                                && !WIRING.matcher(edge.key()).matches());
    }

    private boolean isOurs(String environment) {
        return cluster.environments().stream().anyMatch(one -> one.name().equals(environment));
    }

    /** Databases are the user's, wherever they are. */
    private void answered(Edge edge) {
        if (edge.purpose() != Purpose.DATABASE && !isTheUsers(edge)) {
            directory
                    .objection(edge.to())
                    .ifPresent(objection ->
                            problem(TopologyProblem.NOBODY_ANSWERS, new Place(edge), edge.to(), objection));
        }
    }

    /** A group of two nodes would spread events over them, and none would see all. */
    private void group(Group group) {
        var schemes = group.to().stream().map(Address::scheme).toList();
        var hosts = group.to().stream().map(Address::host).distinct().toList();
        if (!schemes.equals(List.of("ssl", "tcp")) || hosts.size() > 1) {
            problem(TopologyProblem.WRONG_GROUP, group.node(), group.table(), group.to());
        }
    }

    /** With addresses of two hosts in one table, a client that was told the one would be sent to the other. */
    private void host(Group table) {
        var own = cluster.streams().hosts();
        if (table.to().stream()
                        .map(Address::host)
                        .filter(host -> !own.contains(host))
                        .distinct()
                        .count()
                > 1) {
            problem(TopologyProblem.SEVERAL_HOSTS, table.node(), table.table(), table.to());
        }
    }

    private static String list(List<Edge> edges) {
        return edges.stream().map(Edge::to).map(Objects::toString).collect(Collectors.joining(" and "));
    }

    private void problem(TopologyProblem kind, Place place, Object... words) {
        var environment = place.environment().isEmpty() ? "" : " of environment " + place.environment();
        problem(kind, place.node(), place.key() + environment, words);
    }

    private void problem(TopologyProblem kind, Node node, String key, Object... words) {
        problems.add(kind.at(cluster.names().file(node) + " " + key, words));
    }
}
