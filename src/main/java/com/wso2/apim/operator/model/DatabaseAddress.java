package com.wso2.apim.operator.model;

import com.wso2.apim.operator.api.v1alpha1.Database;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which database a JDBC URL names, whatever its options and its spelling.
 *
 * @param servers each as host and port; several where the URL names replicas
 * @param name of the database, service or instance there
 */
record DatabaseAddress(Set<String> servers, String name) {

    private static final Pattern MYSQL =
            Pattern.compile("jdbc:(?:mysql|mariadb):(?:[a-z]+:)*//(?<servers>[^/?]*)/(?<name>[^?#;]+).*");
    private static final Pattern POSTGRESQL =
            Pattern.compile("jdbc:postgresql:(?://(?<servers>[^/?]*)/)?(?<name>[^?/]+).*");
    private static final Pattern DB2 = Pattern.compile("jdbc:db2://(?<servers>[^/]*)/(?<name>[^:;?]+).*");
    private static final Pattern MSSQL = Pattern.compile("jdbc:sqlserver:(?://(?<servers>[^;]*))?(?<options>.*)");
    private static final Pattern OPTION =
            Pattern.compile(";\\s*(?<key>\\w+)\\s*=\\s*(?:\\{(?<braced>[^}]*)}|(?<value>[^;]*))");
    private static final Pattern ORACLE = Pattern.compile(
            "[^@]*@(?:[a-z]+:)?(?://)?(?<servers>[^/:?()]+(?::\\d+)?(?:,[^/:?()]+(?::\\d+)?)*)[/:](?<name>[^:/?]+).*");
    private static final Pattern ORACLE_ALIAS = Pattern.compile("[^@]*@(?<name>[\\w.-]+)(?:\\?.*)?");
    private static final Pattern ORACLE_NAME =
            Pattern.compile("(?i)\\(\\s*(?:SERVICE_NAME|SID)\\s*=\\s*(?<name>[^)\\s]+)");
    private static final Pattern HOST_ENTRY = Pattern.compile("(?i)\\(?\\bhost\\s*=\\s*(?<host>[^),\\s]+)");
    private static final Pattern PORT_ENTRY = Pattern.compile("(?i)\\bport\\s*=\\s*(?<port>\\d+)");
    private static final Pattern SERVER = Pattern.compile("(?<host>\\[[^]]*]|[^:]+)(?::(?<port>\\d+))?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127[.].*|\\[?::1]?");

    private static final int MYSQL_PORT = 3306;
    private static final int POSTGRESQL_PORT = 5432;
    private static final int MSSQL_PORT = 1433;
    private static final int ORACLE_PORT = 1521;
    private static final int DB2_PORT = 446;

    /**
     * Reads a URL; empty if it names no database, or none that anybody else can mean.
     *
     * @param where qualifies a host name as the nodes' DNS does
     */
    static Optional<DatabaseAddress> of(Database.Type type, String url, UnaryOperator<String> where) {
        var address =
                switch (type) {
                    case MYSQL, MARIADB -> matched(MYSQL, url, MYSQL_PORT, where);
                    case POSTGRESQL -> matched(POSTGRESQL, url, POSTGRESQL_PORT, where);
                    case DB2 -> matched(DB2, url, DB2_PORT, where).map(DatabaseAddress::inAnyCase);
                    case MSSQL -> sqlServer(url, where).map(DatabaseAddress::inAnyCase);
                    case ORACLE -> oracle(url, where).map(DatabaseAddress::inAnyCase);
                };
        return address.filter(found -> !found.servers().isEmpty());
    }

    /** Whether both name one database. */
    boolean isSameAs(DatabaseAddress other) {
        return name.equals(other.name) && !Collections.disjoint(servers, other.servers);
    }

    private DatabaseAddress inAnyCase() {
        return new DatabaseAddress(servers, name.toLowerCase(Locale.ROOT));
    }

    private static Optional<DatabaseAddress> matched(
            Pattern pattern, String url, int port, UnaryOperator<String> where) {
        var matcher = pattern.matcher(url);
        return matcher.matches()
                ? Optional.of(new DatabaseAddress(
                        servers(Optional.ofNullable(matcher.group("servers")).orElse(""), port, where),
                        matcher.group("name")))
                : Optional.empty();
    }

    private static Optional<DatabaseAddress> oracle(String url, UnaryOperator<String> where) {
        var name = ORACLE_NAME.matcher(url);
        if (name.find()) {
            return Optional.of(new DatabaseAddress(entries(url, ORACLE_PORT, where), name.group("name")));
        }
        var alias = ORACLE_ALIAS.matcher(url);
        return alias.matches()
                ? Optional.of(new DatabaseAddress(Set.of("tnsnames"), alias.group("name")))
                : matched(ORACLE, url, ORACLE_PORT, where);
    }

    /** Server and instance stand before the options, or among them. */
    private static Optional<DatabaseAddress> sqlServer(String url, UnaryOperator<String> where) {
        var matcher = MSSQL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var options = OPTION.matcher(matcher.group("options")).results().toList();
        var given = Optional.ofNullable(matcher.group("servers")).filter(text -> !text.isBlank());
        var server = given.or(() -> option(options, "servername", "server")).orElse("");
        var instance = server.contains("\\")
                ? Optional.of(server.substring(server.indexOf('\\') + 1).replaceFirst(":.*", ""))
                : option(options, "instancename");
        var host = server.replaceFirst("\\\\[^:]*", "");
        var port = option(options, "portnumber", "port")
                .map(number -> ":" + number)
                .orElse("");
        var place = host.matches(".*:\\d+") ? host : host + port;
        var isByInstance = !place.matches(".*:\\d+") && instance.isPresent();
        var servers = servers(place, MSSQL_PORT, where).stream()
                .map(found -> isByInstance
                        ? found.replaceFirst("\\d+$", "") + instance.get().toLowerCase(Locale.ROOT)
                        : found)
                .collect(Collectors.toSet());
        return option(options, "databasename", "database").map(name -> new DatabaseAddress(servers, name));
    }

    private static Optional<String> option(List<MatchResult> options, String... keys) {
        return Stream.of(keys)
                .flatMap(
                        key -> options.stream().filter(option -> option.group(1).equalsIgnoreCase(key)))
                .map(option -> option.group(2) == null ? option.group(3) : option.group(2))
                .map(String::strip)
                .findFirst();
    }

    private static Set<String> servers(String text, int port, UnaryOperator<String> where) {
        return HOST_ENTRY.matcher(text).find() ? entries(text, port, where) : listed(text, port, where);
    }

    /** {@code host:port,host:port}. */
    private static Set<String> listed(String text, int port, UnaryOperator<String> where) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .map(SERVER::matcher)
                .filter(matcher -> matcher.matches())
                .flatMap(
                        matcher -> server(
                                matcher.group("host"),
                                Optional.ofNullable(matcher.group("port")).orElse("" + port),
                                where)
                                .stream())
                .collect(Collectors.toSet());
    }

    /** {@code (HOST=…)(PORT=…)}, some number of times, the port in any place after its host. */
    private static Set<String> entries(String text, int port, UnaryOperator<String> where) {
        return Stream.of(text.split("(?i)(?=\\bhost\\s*=)"))
                .map(part -> HOST_ENTRY
                        .matcher(part)
                        .results()
                        .findFirst()
                        .flatMap(host -> server(
                                host.group(1),
                                PORT_ENTRY
                                        .matcher(part)
                                        .results()
                                        .map(found -> found.group(1))
                                        .findFirst()
                                        .orElse("" + port),
                                where)))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** Behind a loopback address stands a proxy in the pod: it may lead anywhere. */
    private static Optional<String> server(String host, String port, UnaryOperator<String> where) {
        var lower = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(lower).matches() ? Optional.empty() : Optional.of(where.apply(lower) + ":" + port);
    }
}
