package com.wso2.apim.operator.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one node of the stand-in tells about itself. */
record Diagnostics(Map<String, String> facts, List<Link> links) {

    /** Somebody whom the node dials: where that stands in its file, the URL, and who answered or why nobody did. */
    record Link(String path, String url, boolean up, String detail) {}

    static Diagnostics of(Pod pod) throws IOException {
        var text = Clients.get("https://" + pod.getStatus().getPodIP() + ":9443/stand-in/diagnostics")
                .body();
        var parts = text.split("\n\n", 2);
        var facts = Stream.of(parts[0].split("\n"))
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
        var links = Stream.of(parts[1].split("\n"))
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t"))
                .map(link -> new Link(link[0], link[1], link[2].equals("up"), link[3]))
                .toList();
        return new Diagnostics(facts, links);
    }

    /** Links that are down, in words. */
    List<String> down() {
        return links.stream()
                .filter(link -> !link.up())
                .map(link -> link.path() + " " + link.url() + ": " + link.detail())
                .toList();
    }

    /** Who answered each link, by the path in the file. */
    Map<String, String> answered(UnaryOperator<String> nameOfAddress) {
        var answered = new TreeMap<String, String>();
        links.forEach(link -> answered.put(link.path(), nameOfAddress.apply(link.detail())));
        return answered;
    }
}
