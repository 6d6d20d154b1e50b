package com.wso2.apim.operator.revision;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.Prepared.Outcome;
import com.wso2.apim.operator.support.ConfigMapper;
import com.wso2.apim.operator.support.MapperProcess.Start;
import com.wso2.apim.operator.support.ServerStarts;
import com.wso2.apim.operator.support.ServerStarts.Given;
import com.wso2.apim.operator.toml.Environment;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * The administrator's name and password, through the servers' own mapper, in every kind of place where the product reads
 * them: XML, URLs of brokers in XML and in properties, and a property.
 */
class AdministratorTest {

    private static final String ADMIN = "{spec: {admin: {secretRef: {name: admin}}}}";
    private static final String END = "</Server>";
    private static final String EMAIL_NAMES =
            "{spec: {config: {common: \"[tenant_mgt]\\nenable_email_domain = true\"}}}";

    /** As the vendor's templates use them; the first broker stands for api-manager.xml, the others for jndi*.properties. */
    private static final String TEMPLATE = """
            <Server>
            <User name="{{super_admin.username}}">{{super_admin.password}}</User>
            <User name="{{apim.key_manager.username}}">{{apim.key_manager.password}}</User>
            {% if apim.throttling.username is defined %}
            <User name="{{apim.throttling.username}}" qualified="true">{{apim.throttling.password}}</User>
            {% endif %}
            <User name="{{apim.event_hub.username}}" qualified="true">{{apim.event_hub.password}}</User>
            <Broker>amqp://{{apim.throttling.jms.username}}:{{apim.throttling.jms.password}}@clientid/carbon?brokerlist='tcp://localhost:5672?retries='5'%26connectdelay='50';'</Broker>
            </Server>
                    decisions = amqp://{{apim.throttling.jms.username}}:{{apim.throttling.jms.password}}@clientid/carbon?brokerlist='tcp://localhost:5672?retries='5'%26connectdelay='50';'
                    events = amqp://{{apim.event_hub.jms.username}}:{{apim.event_hub.jms.password}}@clientid/carbon?brokerlist='tcp://localhost:5672?retries='5'%26connectdelay='50';'
            {% if identity.auth_framework.endpoint.password is defined %}
            recovery.username={{identity.auth_framework.endpoint.username}}
            recovery.password={{identity.auth_framework.endpoint.password}}
            {% endif %}
            """;

    @ParameterizedTest
    @EnumSource
    void hasAPasswordThatArrivesAtEveryPlaceOrIsRefused(ProductVersion version) throws Exception {
        var prepared = new Prepared("{spec: {version: %s}}".formatted(version), ADMIN);
        var carried = new ArrayList<String>();
        var given = new ArrayList<Given>();
        var refused = new ArrayList<String>();

        for (var password : passwords()) {
            var outcome = prepared.with(Map.of("admin", Map.of("username", "boss", "password", password)), Map.of());
            if (outcome.environment().isEmpty()) {
                assertIsNamed(outcome, password, version);
                refused.add(password);
            } else {
                prepared.files().forEach(file -> {
                    carried.add(password);
                    given.add(new Given(file, environment(outcome)));
                });
            }
        }

        var starts = ServerStarts.of(mapper(version), TEMPLATE, given);
        assertThat(starts).hasSameSizeAs(carried).hasSizeGreaterThan(100);
        for (int i = 0; i < starts.size(); i++) {
            assertThat(read(starts.get(i))).as(carried.get(i)).containsOnly(new Credentials("boss", carried.get(i)));
        }
        var beyond = version == ProductVersion.V4_7_0 ? "" : "$\\";
        assertThat(ofOneCharacter(refused)).isEqualTo(" " + beyond);
        assertThat(ofOneCharacter(carried)).hasSize('~' - '!' + 1 - beyond.length());
    }

    @ParameterizedTest
    @EnumSource
    void mayBeNamedByAnEmailAddressWhichBrokersGetWithoutAtSigns(ProductVersion version) throws Exception {
        var prepared = new Prepared("{spec: {version: %s}}".formatted(version), ADMIN, EMAIL_NAMES);
        var outcome = with(prepared, "boss@example.com");

        for (var start : ServerStarts.of(
                mapper(version),
                TEMPLATE,
                prepared.files().stream()
                        .map(file -> new Given(file, environment(outcome)))
                        .toList())) {
            assertThat(read(start))
                    .extracting(Credentials::username)
                    .contains("boss@example.com", "boss@example.com@carbon.super", "boss!example.com!carbon.super")
                    .hasSizeBetween(6, 8);
            assertThat(users(start, true)).containsOnly("boss@example.com@carbon.super");
            assertThat(users(start, false)).containsOnly("boss@example.com");
        }
    }

    @Test
    void isNotNamedByAnEmailAddressWhereTheProductTakesItForATenant() {
        assertThat(with(new Prepared(ADMIN), "boss@example.com").problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "spec.admin.secretRef: key 'username' of Secret 'admin' is an e-mail address, of which the product takes "
                                + "the end for a tenant: write enable_email_domain = true under [tenant_mgt] in "
                                + "spec.config.common, or choose a name without @");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bo ss", "bo!ss", "bo&ss", "bo/ss", "bo:ss", "böss", "a@b@c", "@boss", "boss@", "boss\n"})
    void isRefusedWithAnotherName(String name) {
        var prepared = new Prepared(ADMIN, EMAIL_NAMES);

        assertThat(with(prepared, name).problems())
                .singleElement()
                .asString()
                .contains("key 'username' of Secret 'admin' holds ");
        assertThat(with(prepared, "Boss_1.2~3-4").problems()).isEmpty();
    }

    private static Outcome with(Prepared prepared, String username) {
        return prepared.with(Map.of("admin", Map.of("username", username, "password", "pa&ss")), Map.of());
    }

    /** As the pods of a running deployment have it. */
    private static Map<String, String> environment(Outcome outcome) {
        var environment = new HashMap<>(outcome.environment().orElseThrow());
        environment.putIfAbsent(Environment.ENCRYPTION_KEY.variable(), "0".repeat(64));
        return environment;
    }

    /** Each character, what means something together, and much at random; always of a length that the user store takes. */
    private static List<String> passwords() {
        var random = new Random(6);
        var alphabet = Stream.concat(
                        IntStream.rangeClosed('!', '~').mapToObj(Character::toString), Stream.of("£", "é", "日"))
                .toList();
        var atRandom = Stream.generate(() -> random.ints(5 + random.nextInt(26), 0, alphabet.size())
                        .mapToObj(alphabet::get)
                        .collect(Collectors.joining()))
                .limit(40);
        var each = IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).map(c -> "pass" + c + "word");
        var special =
                SecretValue.TOGETHER.stream().map(text -> "in" + text + "side").filter(text -> text.length() <= 30);
        return Stream.of(each, special, atRandom)
                .flatMap(texts -> texts)
                .distinct()
                .toList();
    }

    private static void assertIsNamed(Outcome outcome, String password, ProductVersion version) {
        assertThat(outcome.problems()).hasSize(1);
        var problem = outcome.problems().get(0).toString();
        assertThat(problem).startsWith("spec.admin.secretRef: key 'password' of Secret 'admin' holds ");
        new SecretValue(password, password).assertIsNamedBy(problem, version.toString());
    }

    /** What the product makes of each place. */
    private static List<Credentials> read(Start start) throws Exception {
        var found = new ArrayList<Credentials>();
        var server = xml(start);
        for (int i = 0; i < server.getElementsByTagName("User").getLength(); i++) {
            var user = (Element) server.getElementsByTagName("User").item(i);
            found.add(new Credentials(user.getAttribute("name"), user.getTextContent()));
        }
        found.add(inUrl(server.getElementsByTagName("Broker").item(0).getTextContent()));
        var properties = new Properties();
        properties.load(new ByteArrayInputStream(
                start.xml().orElseThrow().split(END)[1].getBytes(StandardCharsets.ISO_8859_1)));
        found.add(inUrl(properties.getProperty("decisions")));
        found.add(inUrl(properties.getProperty("events")));
        if (properties.containsKey("recovery.username")) {
            found.add(new Credentials(
                    properties.getProperty("recovery.username"), properties.getProperty("recovery.password")));
        }
        return found;
    }

    /** As the client of the broker splits it. */
    private static Credentials inUrl(String url) {
        var user = URI.create(url).getUserInfo();
        return new Credentials(user.substring(0, user.indexOf(':')), user.substring(user.indexOf(':') + 1));
    }

    private static List<String> users(Start start, boolean isQualified) throws Exception {
        var users = xml(start).getElementsByTagName("User");
        return IntStream.range(0, users.getLength())
                .mapToObj(i -> (Element) users.item(i))
                .filter(user -> user.hasAttribute("qualified") == isQualified)
                .map(user -> user.getAttribute("name"))
                .toList();
    }

    private static Element xml(Start start) throws Exception {
        var text = start.xml().orElseThrow(() -> new AssertionError(start.refusal()));
        var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        return parser.parse(new InputSource(new StringReader(text.substring(0, text.indexOf(END) + END.length()))))
                .getDocumentElement();
    }

    private static String ofOneCharacter(List<String> passwords) {
        return passwords.stream()
                .filter(password -> password.matches("pass.word"))
                .map(password -> password.substring(4, 5))
                .distinct()
                .collect(Collectors.joining());
    }

    private static ConfigMapper mapper(ProductVersion version) {
        return version == ProductVersion.V4_7_0 ? ConfigMapper.NEW : ConfigMapper.OLD;
    }
}
