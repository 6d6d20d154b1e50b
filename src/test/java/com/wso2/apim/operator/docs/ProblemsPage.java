package com.wso2.apim.operator.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.wso2.apim.operator.api.GeneratedCrd;
import com.wso2.apim.operator.model.ExposureProblem;
import com.wso2.apim.operator.model.NameProblem;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;
import com.wso2.apim.operator.model.SpecProblem;
import com.wso2.apim.operator.reconcile.ApplyProblem;
import com.wso2.apim.operator.revision.IssuanceProblem;
import com.wso2.apim.operator.revision.KeyProblem;
import com.wso2.apim.operator.revision.PodTemplateProblem;
import com.wso2.apim.operator.revision.SourceProblem;
import com.wso2.apim.operator.toml.OverlayProblem;
import com.wso2.apim.operator.topology.TopologyProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/problems.md}, from the CRD's rules and the problems that the code lists. */
public final class ProblemsPage {

    /** Lists of the code, with a heading for people. */
    public static final Map<String, List<? extends Problem.Kind>> LISTS = Map.of(
            "Fields", List.of(SpecProblem.values()),
            "Your own TOML", List.of(OverlayProblem.values()),
            "Your own part of the pods", List.of(PodTemplateProblem.values()),
            "Secrets and ConfigMaps", List.of(SourceProblem.values()),
            "Keys and certificates of your own", KeyProblem.values(),
            "Certificates of cert-manager", List.of(IssuanceProblem.values()),
            "Exposure", List.of(ExposureProblem.values()),
            "Who dials whom", List.of(TopologyProblem.values()),
            "Names", List.of(NameProblem.values()),
            "Answers of the API server", List.of(ApplyProblem.values()));

    private static final String HEAD = """
            # Problems

            <!-- Generated from the code and the CRD by make generate. -->

            Two things can be told to you: the API server refuses a resource when you apply it, or the operator finds a
            problem afterwards. A problem *freezes* the deployment: nothing of the change is applied, nothing is removed, what
            runs goes on as it was last admitted and is repaired as such (see [operations](operations.md)). The status then
            has `Stalled=True` and one of the conditions below is `False`; its message is the field, a colon, and the words in
            the table. What differs from case to case stands in angle brackets. No message ever holds a value of a Secret.

            ## Refused by the API server

            Besides these rules the schema has types, patterns, limits and closed lists of values; the API server names the
            field and what it should match, `kubectl explain amc.spec --recursive` shows them all.

            | field | message |
            |---|---|
            """;

    private static final List<String> ORDER = List.of(
            "Fields",
            "Your own TOML",
            "Your own part of the pods",
            "Secrets and ConfigMaps",
            "Keys and certificates of your own",
            "Certificates of cert-manager",
            "Exposure",
            "Who dials whom",
            "Names",
            "Answers of the API server");

    /** One message, and where it is found. */
    public record Row(String where, String message) {

        @Override
        public String toString() {
            var anyTier = where.replaceFirst("^spec\\.(allInOne|trafficManager)\\b", "spec.<tier>");
            return "| `%s` | `%s` |\n"
                    .formatted(anyTier.isEmpty() ? "metadata.name" : anyTier, message.replace("|", "\\|"));
        }
    }

    private ProblemsPage() {}

    static String text() throws IOException {
        var page = new StringBuilder(HEAD);
        rules().stream().map(Row::toString).distinct().forEach(page::append);
        for (var concern : Concern.values()) {
            page.append("\n## %s=False, reason %s\n".formatted(concern.condition(), concern.reason()));
            for (var heading : ORDER) {
                var rows = LISTS.get(heading).stream()
                        .filter(kind -> kind.concern() == concern)
                        .map(kind -> new Row(kind.where(), kind.wording()).toString())
                        .collect(Collectors.joining());
                if (!rows.isEmpty()) {
                    page.append("\n### %s\n\n| where | message |\n|---|---|\n%s".formatted(heading, rows));
                }
            }
        }
        return page.toString();
    }

    /** The CRD's own rules, in the order of its fields. */
    public static List<Row> rules() throws IOException {
        var schema = new YAMLMapper().readTree(GeneratedCrd.text()).at("/spec/versions/0/schema/openAPIV3Schema");
        var rows = new ArrayList<Row>();
        collect("", schema, rows);
        return rows;
    }

    private static void collect(String path, JsonNode schema, List<Row> rows) {
        schema.path("x-kubernetes-validations")
                .forEach(rule -> rows.add(new Row(
                        path + rule.path("fieldPath").asText(""),
                        rule.path("message").asText())));
        schema.path("properties")
                .properties()
                .forEach(property -> collect(
                        path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
                        property.getValue(),
                        rows));
        if (schema.has("items")) {
            collect(path + "[…]", schema.get("items"), rows);
        }
    }
}
