package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.toml.Option.NodeModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** MODEL → deployment.toml of one node. */
public final class ServerFile {

    private ServerFile() {}

    /** A node's deployment.toml, with the user's own TOML in it. */
    public static Rendered render(Cluster cluster, Node node) {
        return new OverlayMerger(cluster, node).render();
    }

    /** What the operator itself writes for a node. */
    static Map<String, Object> own(Cluster cluster, Node node) {
        var model = new NodeModel(
                cluster, node, Dialect.of(cluster.version()), cluster.wiring().links(node));
        return tree(options(node.role()), model);
    }

    private static List<Option> options(Role role) {
        return role == Role.ALL_IN_ONE ? AllInOneOptions.TABLE : TrafficManagerOptions.TABLE;
    }

    private static Map<String, Object> tree(List<Option> options, NodeModel model) {
        var root = new LinkedHashMap<String, Object>();
        options.forEach(option -> option.value().apply(model).ifPresent(value -> put(root, option.path(), value)));
        return root;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> root, List<String> path, Object value) {
        var table = root;
        for (var key : path.subList(0, path.size() - 1)) {
            table = (Map<String, Object>) table.computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
        }
        table.put(path.get(path.size() - 1), value);
    }

    /** A table from keys and values in turn, in their order. */
    static Map<String, Object> table(Object... keysAndValues) {
        var table = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            table.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return table;
    }
}
