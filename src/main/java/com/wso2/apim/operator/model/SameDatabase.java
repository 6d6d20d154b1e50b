package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.api.v1alpha1.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Warns of a database that is somebody else's too. It stops nothing: schemas of their own do no harm to each other. */
public final class SameDatabase {

    private static final String ADVICE =
            ": give each a database of its own, unless they log in to schemas of their own";

    private final String clusterDomain;

    /** Compares host names of a cluster with this DNS domain. */
    public SameDatabase(String clusterDomain) {
        this.clusterDomain = clusterDomain;
    }

    /** A database that a resource names, and the field in which it does. */
    private record Named(String field, DatabaseAddress address) {}

    /** What to say about a resource, beside all others. */
    public List<String> warnings(ApiManagerCluster resource, List<ApiManagerCluster> others) {
        var own = named(resource);
        var warnings = new ArrayList<String>();
        if (own.size() > 1
                && own.get(0).address().isSameAs(own.get(1).address())
                && !haveSchemas(resource.getSpec().database())) {
            warnings.add("%s names the same database as %s, and both hold tables of the same name"
                            .formatted(own.get(1).field(), own.get(0).field())
                    + ADVICE);
        }
        others.stream()
                .sorted(Comparator.comparing(SameDatabase::name))
                .forEach(other -> warnings.addAll(warnings(own, other)));
        return warnings;
    }

    /** Whether it may well be that both parts of a resource log in to schemas of their own. */
    private static boolean haveSchemas(Database database) {
        var hasSchemas = database.type() != Database.Type.MYSQL && database.type() != Database.Type.MARIADB;
        return hasSchemas
                && !database.apim()
                        .credentialsSecretRef()
                        .equals(database.shared().credentialsSecretRef());
    }

    private List<String> warnings(List<Named> own, ApiManagerCluster other) {
        return own.stream()
                .flatMap(mine -> named(other).stream()
                        .filter(theirs -> mine.address().isSameAs(theirs.address()))
                        .map(theirs ->
                                "%s names the same database as %s of ApiManagerCluster %s, and each spoils what the other one writes"
                                                .formatted(mine.field(), theirs.field(), name(other))
                                        + ADVICE))
                .toList();
    }

    private List<Named> named(ApiManagerCluster resource) {
        var database = resource.getSpec().database();
        return Stream.of(
                        named(resource, "spec.database.apim.url", database.apim()),
                        named(resource, "spec.database.shared.url", database.shared()))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Named> named(ApiManagerCluster resource, String field, Database.Connection connection) {
        var metadata = resource.getMetadata();
        var endpoints = new Endpoints(new Names(metadata.getNamespace(), metadata.getName()), clusterDomain);
        return DatabaseAddress.of(resource.getSpec().database().type(), connection.url(), endpoints::canonical)
                .map(address -> new Named(field, address));
    }

    private static String name(ApiManagerCluster resource) {
        return resource.getMetadata().getNamespace() + "/"
                + resource.getMetadata().getName();
    }
}
