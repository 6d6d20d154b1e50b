package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.Prepared.Outcome;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.MapperProcess;
import com.wso2.apim.operator.support.MapperProcess.Start;
import com.wso2.apim.operator.toml.Environment;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Every printable character, in every value of the user's that reaches the servers: it is refused by name, or the servers'
 * own mapper and XML make the value of it that the Secret holds.
 */
class SecretValuesTest {

    private static final String ENCRYPTION = "{spec: {encryption: {secretRef: {name: encryption}}}}";
    private static final String HEXADECIMAL = "0123456789ABCDEFabcdef";
    private static final String CONTROL = "\t\n\r\u0001";

    @ParameterizedTest
    @EnumSource
    void ofADatabaseArriveOrAreRefused(ConfigMapper mapper) throws Exception {
        var prepared = new Prepared(version(mapper));
        var places = Map.of(
                "spec.database.apim.credentialsSecretRef: key 'username' of Secret 'apim-db'",
                Environment.APIM_DB_USERNAME,
                "spec.database.apim.credentialsSecretRef: key 'password' of Secret 'apim-db'",
                Environment.APIM_DB_PASSWORD,
                "spec.database.shared.credentialsSecretRef: key 'username' of Secret 'shared-db'",
                Environment.SHARED_DB_USERNAME,
                "spec.database.shared.credentialsSecretRef: key 'password' of Secret 'shared-db'",
                Environment.SHARED_DB_PASSWORD);
        var refused = new ArrayList<SecretValue>();
        var carried = new LinkedHashMap<String, String>();

        for (var value : SecretValue.all()) {
            var given = Map.of("username", value.text(), "password", value.text());
            var outcome = prepared.with(Map.of("apim-db", given, "shared-db", given), Map.of());

            if (outcome.environment().isEmpty()) {
                assertAreNamed(outcome, places.keySet().stream(), value, mapper);
                refused.add(value);
            } else {
                places.values()
                        .forEach(variable -> carried.put(
                                outcome.environment().orElseThrow().get(variable.variable()), value.text()));
            }
        }

        assertArrive(mapper, carried);
        assertThat(characters(refused)).isEqualTo(CONTROL);
        assertThat(refused)
                .extracting(SecretValue::text)
                .filteredOn(text -> CONTROL.chars().noneMatch(c -> text.indexOf(c) >= 0))
                .containsExactly(
                        "${",
                        "${user.home}",
                        "a}${b",
                        "$env{HOME}",
                        "$sys{user.home}",
                        "$ref{given.v0}",
                        "$secret{alias}");
    }

    @ParameterizedTest
    @EnumSource(value = ConfigMapper.class, names = "NEW")
    void ofTheEncryptionKeyArriveOrAreRefused(ConfigMapper mapper) throws Exception {
        var prepared = new Prepared(version(mapper), ENCRYPTION);
        var carried = new LinkedHashMap<String, String>();

        for (var character : SecretValue.CHARACTERS) {
            for (var text : List.of(
                    character + "0".repeat(63),
                    "0".repeat(63) + character,
                    "0".repeat(9) + character + "f".repeat(54))) {
                var outcome = prepared.with(Map.of("encryption", Map.of("key", text)), Map.of());

                if (HEXADECIMAL.contains(character)) {
                    assertThat(outcome.environment().orElseThrow())
                            .contains(entry(Environment.ENCRYPTION_KEY.variable(), text));
                    carried.put(text, text);
                } else {
                    var value = new SecretValue(text, text);
                    var last = outcome.problems()
                            .get(outcome.problems().size() - 1)
                            .toString();
                    assertThat(last).startsWith("spec.encryption.secretRef: key 'key' of Secret 'encryption' holds ");
                    value.assertIsNamedBy(last, number(mapper));
                }
            }
        }

        assertArrive(mapper, carried);
    }

    @ParameterizedTest
    @EnumSource
    void ofAVariableThatTheUsersTomlRefersToArriveOrAreRefused(ConfigMapper mapper) throws Exception {
        var values = SecretValue.all();
        var problems = ofVariables(mapper, values).problems().stream()
                .collect(Collectors.groupingBy(
                        Problem::field, Collectors.mapping(Problem::toString, Collectors.toList())));
        var refused = new ArrayList<SecretValue>();
        var carried = new LinkedHashMap<String, String>();

        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            var inPod = Map.of(
                    "spec.allInOne.env[S%d].valueFrom.secretKeyRef".formatted(i),
                    value,
                    "spec.allInOne.env[C%d].valueFrom.configMapKeyRef".formatted(i),
                    value,
                    "spec.allInOne.env[V%d].value".formatted(i),
                    new SecretValue(withPairsOfDollarsAsOne(value.text()), withPairsOfDollarsAsOne(value.read())));
            for (var place : inPod.entrySet()) {
                var found = Optional.ofNullable(problems.get(place.getKey()));
                if (found.isPresent()) {
                    assertThat(found.get()).hasSize(1);
                    place.getValue().assertIsNamedBy(found.get().get(0), number(mapper));
                    refused.add(place.getValue());
                } else {
                    carried.put(place.getValue().text(), place.getValue().read());
                }
            }
        }

        assertArrive(mapper, carried);
        var mapperKnows = mapper == ConfigMapper.OLD ? "\"$&<\\" : "\"&<";
        assertThat(characters(refused)).isEqualTo(mapperKnows + CONTROL);
        var withThese = refused.stream()
                .filter(value -> value.text().chars().anyMatch(c -> (mapperKnows + CONTROL).indexOf(c) >= 0))
                .toList();
        assertThat(withThese).hasSizeGreaterThan(50);
        assertDoNotArrive(mapper, withThese);
    }

    /** Of the openers of a template each, and the reference, really mean something else to the servers. */
    @ParameterizedTest
    @EnumSource
    void areRefusedForReasonsThatTheServersGive(ConfigMapper mapper) throws Exception {
        assertDoNotArrive(
                mapper,
                Stream.of("{{ 1 }}", "{{given}}", "{% if %}", "{# {{ 1 }} #}", "$ref{given.v0}", "]]>")
                        .map(text -> new SecretValue(text, text))
                        .toList());
    }

    private Outcome ofVariables(ConfigMapper mapper, List<SecretValue> values) throws JsonProcessingException {
        var content = new LinkedHashMap<String, String>();
        var env = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < values.size(); i++) {
            var source = Map.of("name", "values", "key", "k" + i);
            content.put("k" + i, values.get(i).text());
            env.add(Map.of("name", "S" + i, "valueFrom", Map.of("secretKeyRef", source)));
            env.add(Map.of("name", "C" + i, "valueFrom", Map.of("configMapKeyRef", source)));
            env.add(Map.of("name", "V" + i, "value", values.get(i).text()));
        }
        var toml = env.stream()
                .map(variable -> "\"$env{%s}\"".formatted(variable.get("name")))
                .collect(Collectors.joining(", ", "[given]\nvalues = [", "]"));
        var spec = Map.of("spec", Map.of("config", Map.of("allInOne", toml), "allInOne", Map.of("env", env)));
        var configMap = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("values")
                .endMetadata()
                .withData(content)
                .build();
        // YAML, as which it is read, refuses DEL as it is.
        var change = new JsonMapper().writeValueAsString(spec).replace("\u007F", "\\u007F");
        return new Prepared(version(mapper), change).with(Map.of("values", content), Map.of("values", configMap));
    }

    private static void assertAreNamed(Outcome outcome, Stream<String> places, SecretValue value, ConfigMapper mapper) {
        var problems = outcome.problems().stream().map(Problem::toString).toList();
        assertThat(problems)
                .extracting(problem -> problem.replaceFirst("(?s) holds .*", ""))
                .containsExactlyInAnyOrderElementsOf(places.toList());
        problems.forEach(problem -> value.assertIsNamedBy(problem, number(mapper)));
    }

    /** That values of the environment come out of the mapper, and then out of XML, as what belongs to them. */
    private static void assertArrive(ConfigMapper mapper, Map<String, String> expected) throws Exception {
        var inPods = List.copyOf(expected.keySet());
        assertThat(inPods).hasSizeGreaterThan(20);
        var start = MapperProcess.starts(mapper, List.of(inPods)).get(0);
        assertThat(start.refusal()).isEmpty();
        var arrived = arrived(start).orElseThrow(() -> new AssertionError("malformed: " + start.xml()));

        assertThat(arrived)
                .containsExactlyElementsOf(inPods.stream()
                        .map(expected::get)
                        .map(text -> new Arrived(text, text))
                        .toList());
    }

    /** That the servers do not start with any of the values, or read something else. */
    private static void assertDoNotArrive(ConfigMapper mapper, List<SecretValue> values) throws Exception {
        var starts = MapperProcess.starts(
                mapper, values.stream().map(SecretValue::text).map(List::of).toList());

        assertThat(starts).hasSameSizeAs(values);
        for (int i = 0; i < values.size(); i++) {
            var text = values.get(i).text();
            assertThat(arrived(starts.get(i))).as(text).isNotEqualTo(Optional.of(List.of(new Arrived(text, text))));
        }
    }

    /** What somebody who reads the XML finds in an attribute and in an element. */
    private record Arrived(String inAttribute, String inElement) {}

    private static Optional<List<Arrived>> arrived(Start start) throws Exception {
        if (start.xml().isEmpty()) {
            return Optional.empty();
        }
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setErrorHandler(null);
        try {
            var cases = parser.parse(
                            new InputSource(new StringReader(start.xml().get())))
                    .getElementsByTagName("Case");
            return Optional.of(IntStream.range(0, cases.getLength())
                    .mapToObj(i -> (Element) cases.item(i))
                    .map(one -> new Arrived(one.getAttribute("name"), one.getTextContent()))
                    .toList());
        } catch (SAXException malformed) {
            return Optional.empty();
        }
    }

    private static String characters(List<SecretValue> values) {
        return values.stream()
                .filter(SecretValue::isOneCharacter)
                .map(SecretValue::text)
                .distinct()
                .collect(Collectors.joining());
    }

    /** As Kubernetes does in {@code value}. */
    private static String withPairsOfDollarsAsOne(String text) {
        return text.replace("$$", "$");
    }

    private static String version(ConfigMapper mapper) {
        return "{spec: {version: %s}}".formatted(number(mapper));
    }

    private static String number(ConfigMapper mapper) {
        return mapper == ConfigMapper.OLD ? "4.6.0" : "4.7.0";
    }
}
