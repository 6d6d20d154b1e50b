package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Node;
import com.wso2.apim.operator.model.Wiring.Links;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** One key of deployment.toml, or one array of tables, and where its value comes from. An absent value is not written. */
record Option(List<String> path, Function<NodeModel, Optional<?>> value) {

    /** What a getter may look at: one node of one cluster. */
    record NodeModel(Cluster cluster, Node node, Dialect dialect, Links links) {}

    /** The same option, written only for some nodes. */
    Option where(Predicate<NodeModel> wanted) {
        return new Option(path, model -> wanted.test(model) ? value.apply(model) : Optional.empty());
    }

    /** A key that is always written. */
    static Option option(String path, Function<NodeModel, ?> value) {
        return new Option(List.of(path.split("\\.")), model -> Optional.of(value.apply(model)));
    }

    /** A key that is the same everywhere. */
    static Option constant(String path, Object value) {
        return option(path, model -> value);
    }

    /** A key, or an array of tables, that is written only where there is a value; an empty list is none. */
    static Option optional(String path, Function<NodeModel, ?> value) {
        return new Option(List.of(path.split("\\.")), model -> Optional.<Object>of(value.apply(model))
                .flatMap(given -> given instanceof Optional<?> optional ? optional : Optional.of(given))
                .filter(given -> !(given instanceof List<?> list && list.isEmpty())));
    }
}
