package com.wso2.apim.operator.toml;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a value stands in a tree of tables. A segment that ends in {@code []} is any element of a list. */
record KeyPath(List<String> segments) {

    static final KeyPath ROOT = new KeyPath(List.of());

    private static final String ELEMENT = "[]";
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_*-]+(\\[[0-9]+])?");

    KeyPath child(String key) {
        var longer = new ArrayList<>(segments);
        longer.add(key);
        return new KeyPath(List.copyOf(longer));
    }

    /** Any element of the list that stands here. */
    KeyPath element() {
        var last = segments.size() - 1;
        return new KeyPath(segments.subList(0, last)).child(segments.get(last) + ELEMENT);
    }

    boolean isInsideList() {
        return segments.stream().anyMatch(segment -> segment.endsWith(ELEMENT));
    }

    String last() {
        return segments.get(segments.size() - 1);
    }

    KeyPath parent() {
        return new KeyPath(segments.subList(0, segments.size() - 1));
    }

    /** As people write it: {@code apim.gateway.environment.name}. */
    @Override
    public String toString() {
        return segments.stream()
                .map(segment -> segment.endsWith(ELEMENT) ? segment.substring(0, segment.length() - 2) : segment)
                .map(segment -> BARE.matcher(segment).matches() ? segment : "'" + segment + "'")
                .collect(Collectors.joining("."));
    }
}
