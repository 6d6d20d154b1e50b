package com.wso2.apim.operator.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One way to spoil a URL of a file. */
record Mutation(Kind kind, String what, String text) {

    /** What is done to a URL. */
    enum Kind {
        DROPPED,
        EMPTIED,
        DOUBLED,
        SWAPPED,
        OTHER_PORT,
        OTHER_HOST,
        OTHER_SCHEME,
        TABLE_DROPPED
    }

    /** Strings of our files that hold URLs hold nothing else, and no escapes. */
    private static final Pattern STRING = Pattern.compile("\"([^\"\\\\\\n]*://[^\"\\\\\\n]*)\"");

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[^/]*)://(?<host>\\$\\{[^}]*}|[^:/]*)(?<port>:\\$\\{[^}]*}|:[0-9]+)?(?<path>.*)");

    private static final String HEADLESS = "-headless.wso2.svc.cluster.local";

    private static final List<String> HOSTS = List.of(
            "apim-aio-0.apim-aio" + HEADLESS,
            "apim-aio-1.apim-aio" + HEADLESS,
            "apim-aio-2.apim-aio" + HEADLESS,
            "apim-tm-0.apim-tm" + HEADLESS,
            "apim-tm-1.apim-tm" + HEADLESS,
            "apim-tm-2.apim-tm" + HEADLESS,
            "apim-aio" + HEADLESS,
            "apim-aio.wso2.svc.cluster.local",
            "apim-tm.wso2.svc.cluster.local",
            "apim-tm.other.svc.cluster.local",
            "api.am.wso2.com",
            "gw.am.wso2.com",
            "partners.am.wso2.com",
            "foods.am.wso2.com",
            "localhost",
            "127.0.0.1",
            "${carbon.local.ip}",
            "${carbon.host}",
            "");

    /** A URL in a text. */
    private record Occurrence(String text, int start, int end) {

        String url() {
            return text.substring(start, end);
        }

        String with(String url) {
            return text.substring(0, start) + url + text.substring(end);
        }

        /** Without the line it stands in. */
        String withoutLine() {
            return text.substring(0, text.lastIndexOf('\n', start) + 1) + text.substring(text.indexOf('\n', end) + 1);
        }

        boolean isInList() {
            return text.substring(text.lastIndexOf('\n', start) + 1, start).contains("= [");
        }

        /** Without the element of the list, and one of the commas around it. */
        String withoutElement() {
            var before = text.substring(0, start - 1);
            var after = text.substring(end + 1);
            return before.endsWith(", ")
                    ? before.substring(0, before.length() - 2) + after
                    : before + after.replaceFirst("^, ", "");
        }
    }

    /** Every mutation of every URL of a file; none leaves the text as it is, unless two equal URLs are swapped. */
    static List<Mutation> of(String text) {
        var urls = STRING.matcher(text)
                .results()
                .map(found -> new Occurrence(text, found.start(1), found.end(1)))
                .toList();
        var mutations = new ArrayList<Mutation>();
        for (int i = 0; i < urls.size(); i++) {
            var url = urls.get(i);
            mutations.addAll(dropped(url));
            mutations.addAll(misdirected(url));
            urls.subList(i + 1, urls.size()).forEach(other -> mutations.add(swapped(url, other)));
        }
        mutations.addAll(withoutTables(text));
        return mutations;
    }

    private static List<Mutation> dropped(Occurrence url) {
        var mutations = new ArrayList<Mutation>();
        mutations.add(new Mutation(Kind.DROPPED, "line of " + url.url(), url.withoutLine()));
        mutations.add(new Mutation(Kind.EMPTIED, url.url(), url.with("")));
        if (url.isInList()) {
            mutations.add(new Mutation(Kind.DROPPED, url.url(), url.withoutElement()));
            mutations.add(new Mutation(Kind.DOUBLED, url.url(), url.with(url.url() + "\", \"" + url.url())));
        }
        return mutations;
    }

    private static List<Mutation> misdirected(Occurrence url) {
        var parts = URL.matcher(url.url());
        if (!parts.matches()) {
            throw new AssertionError("no URL: " + url.url());
        }
        var scheme = parts.group("scheme");
        var host = parts.group("host");
        var port = Optional.ofNullable(parts.group("port")).orElse("");
        var path = parts.group("path");
        var next = port.matches(":[0-9]+") ? ":" + (Integer.parseInt(port.substring(1)) + 1) : ":9444";
        var otherPorts = Stream.of(next, "", ":0")
                .filter(other -> !other.equals(port))
                .map(other -> new Change(Kind.OTHER_PORT, scheme + "://" + host + other + path));
        var otherHosts = HOSTS.stream()
                .filter(other -> !other.equals(host))
                .map(other -> new Change(Kind.OTHER_HOST, scheme + "://" + other + port + path));
        var otherSchemes = Stream.of("tcp", "ssl", "http", "https")
                .filter(other -> !other.equals(scheme))
                .map(other -> new Change(Kind.OTHER_SCHEME, other + "://" + host + port + path));
        return Stream.of(otherPorts, otherHosts, otherSchemes)
                .flatMap(changes -> changes)
                .map(change ->
                        new Mutation(change.kind(), url.url() + " becomes " + change.url(), url.with(change.url())))
                .toList();
    }

    private record Change(Kind kind, String url) {}

    private static Mutation swapped(Occurrence url, Occurrence other) {
        return new Mutation(
                Kind.SWAPPED,
                url.url() + " and " + other.url(),
                new Occurrence(other.with(url.url()), url.start(), url.end()).with(other.url()));
    }

    /** Each table with all that is inside it, and each that is inside another alone. */
    private static List<Mutation> withoutTables(String text) {
        var tables = List.of(text.split("\n(?=\\[)"));
        return IntStream.range(0, tables.size())
                .mapToObj(first -> withoutTable(tables, first))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Mutation> withoutTable(List<String> tables, int first) {
        var inside = header(tables.get(first)) + ".";
        var next = first + 1;
        while (next < tables.size() && header(tables.get(next)).startsWith(inside)) {
            next++;
        }
        var dropped = String.join("\n", tables.subList(first, next));
        var left = Stream.concat(tables.stream().limit(first), tables.stream().skip(next))
                .collect(Collectors.joining("\n"));
        return Optional.of(new Mutation(Kind.TABLE_DROPPED, dropped, left))
                .filter(mutation -> STRING.matcher(dropped).find());
    }

    private static String header(String table) {
        return table.lines().findFirst().orElse("").replaceAll("[\\[\\]]", "");
    }

    /** How many URLs there are. */
    static long urls(String text) {
        return STRING.matcher(text).results().count();
    }
}
