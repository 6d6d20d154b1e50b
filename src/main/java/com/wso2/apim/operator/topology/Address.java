package com.wso2.apim.operator.topology;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A URL in its parts, which together are all of its text: placeholders of the product stay what they are.
 *
 * @param scheme what stands before {@code ://}
 * @param port empty where there is none
 * @param rest path and parameters
 */
record Address(String scheme, String host, String port, String rest) implements Comparable<Address> {

    static final String LOCALHOST = "localhost";

    private static final String SEPARATOR = "[\\s,;|=(&]";
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>.*?)://"
                    + "(?<host>\\$\\{[^}]*}|\\[[^]]*]|[^:/?#\\s,;|)]*)"
                    + "(?::(?<port>\\$\\{[^}]*}|[^/?#\\s,;|)]+))?"
                    + "(?<rest>.*?(?=" + SEPARATOR + "[^\\s,;|=(&]*://|\\z))",
            Pattern.DOTALL);

    /** Every URL in a text; none of the text is lost where there is one. */
    static List<Address> in(String text) {
        if (!text.contains("://")) {
            return List.of();
        }
        return URL.matcher(text)
                .results()
                .map(found -> new Address(
                        found.group(1), found.group(2), found.group(3) == null ? "" : found.group(3), found.group(4)))
                .toList();
    }

    /** Whether it leads to the node that dials: {@code localhost}, or the product's word for its own host name. */
    boolean isOwn() {
        return host.equals(LOCALHOST) || host.equals("${carbon.host}");
    }

    @Override
    public int compareTo(Address other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port.isEmpty() ? "" : ":" + port) + rest;
    }
}
