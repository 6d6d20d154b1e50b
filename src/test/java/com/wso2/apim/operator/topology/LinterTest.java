package com.wso2.apim.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.wso2.apim.operator.api.v1alpha1.ProductVersion;
import com.wso2.apim.operator.model.Problem;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with who dials whom, in the words that the status says it in. */
class LinterTest {

    private static final Rendered RENDERED = Rendered.of(ProductVersion.V4_5_0, 2, 2);
    private static final Rendered ENVIRONMENTS = Rendered.of("""
            spec:
              gateway:
                environments:
                - {name: Default, virtualHosts: [{hostname: foods.am.wso2.com}]}
                - {name: Partners, hostname: partners.am.wso2.com, virtualHosts: [{hostname: drinks.am.wso2.com}]}
            """);
    private static final String AIO = ".apim-aio-headless.wso2.svc.cluster.local";
    private static final String SVC = ".wso2.svc.cluster.local";
    private static final String TM = ".apim-tm-headless.wso2.svc.cluster.local";

    @ParameterizedTest
    @MethodSource
    void findsNothingInWhatIsRendered(ProductVersion version, int allInOnes, int trafficManagers) {
        assertThat(Rendered.of(version, allInOnes, trafficManagers).problems()).isEmpty();
    }

    private static Stream<Arguments> findsNothingInWhatIsRendered() {
        return Stream.of(ProductVersion.values())
                .flatMap(version -> Stream.of(1, 2).flatMap(allInOnes -> Stream.of(1, 2)
                        .map(trafficManagers -> arguments(version, allInOnes, trafficManagers))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{spec: {hostnames: {api: localhost}}}",
                "{spec: {database: {type: PostgreSQL, apim: {url: 'jdbc:postgresql://localhost:5432/a?b=c&d=<e>'}}}}",
                "{spec: {database: {apim: {url: 'jdbc:mysql:loadbalance://a:3306,b:3306/apim?c=http://d'}}}}",
                "{spec: {networkPolicy: {enabled: true}, exposure: {type: None}}}"
            })
    void findsNothingInWhatTheUserMaySay(String change) {
        assertThat(Rendered.of(change).problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void says(String file, String from, String to, List<String> problems) {
        assertThat(RENDERED.with(file, from, to).problems())
                .extracting(Problem::toString)
                .containsExactlyElementsOf(problems);
    }

    private static Stream<Arguments> says() {
        return Stream.of(
                arguments(
                        "apim-tm-0.toml",
                        "event_duplicate_url = [\"tcp://apim-tm-1" + TM,
                        "event_duplicate_url = [\"tcp://apim-tm-0" + TM,
                        List.of("apim-tm-0.toml [apim.throttling] event_duplicate_url: names tcp://apim-tm-0" + TM
                                + ":5672, where tcp://apim-tm-1" + TM + ":5672 is meant")),
                arguments(
                        "apim-aio-1.toml",
                        "\"tcp://apim-tm-0" + TM + ":5672\", \"tcp://apim-tm-1" + TM + ":5672\"",
                        "\"tcp://localhost:5672\"",
                        List.of("apim-aio-1.toml [apim.throttling] throttle_decision_endpoints: names "
                                + "tcp://localhost:5672, where tcp://apim-tm-0" + TM
                                + ":5672 and tcp://apim-tm-1" + TM + ":5672 is meant")),
                arguments(
                        "apim-tm-1.toml",
                        "event_duplicate_url = [\"tcp://apim-tm-0" + TM + ":5672\"]\n",
                        "",
                        List.of("apim-tm-1.toml [apim.throttling] event_duplicate_url: does not name tcp://apim-tm-0"
                                + TM + ":5672")),
                arguments(
                        "apim-tm-1.toml",
                        "[apim.throttling]",
                        "[apim.throttling]\nreceiver_url = \"tcp://apim-tm-0" + TM + ":9611\"",
                        List.of("apim-tm-1.toml [apim.throttling] receiver_url: names tcp://apim-tm-0" + TM
                                + ":9611, which it must not")),
                arguments(
                        "apim-tm-1.toml",
                        "[apim.throttling]",
                        "[[apim.throttling.url_group]]\ntraffic_manager_urls = [\"tcp://apim-tm-1" + TM
                                + ":9611\"]\n[apim.throttling]",
                        List.of(
                                "apim-tm-1.toml [[apim.throttling.url_group]] traffic_manager_urls: names "
                                        + "tcp://apim-tm-1" + TM + ":9611, which it must not",
                                "apim-tm-1.toml [[apim.throttling.url_group]]: holds [tcp://apim-tm-1" + TM
                                        + ":9611], where one plain and one secured receiver of one node are meant")),
                arguments(
                        "apim-aio-0.toml",
                        "[apim.cache_invalidation]",
                        "[apim.analytics]\nreceiver = \"failover:(tcp://localhost:1,ssl://apim-tm" + SVC
                                + ":9443,ssl://apim-tm" + SVC + ":9711,http://elsewhere.example.com)\""
                                + "\n[apim.cache_invalidation]",
                        List.of(
                                "apim-aio-0.toml [apim.analytics] receiver: names ,http://elsewhere.example.com): "
                                        + "no Service of the deployment leads to elsewhere.example.com",
                                "apim-aio-0.toml [apim.analytics] receiver: names ,ssl://apim-tm" + SVC
                                        + ":9711: no Service carries port '9711' of apim-tm" + SVC)),
                arguments(
                        "apim-aio-0.toml",
                        "hostname = \"api.am.wso2.com\"",
                        "hostname = \"${carbon.local.ip}\"",
                        List.of("apim-aio-0.toml [server] hostname: names ${carbon.local.ip}, which is the public host "
                                + "name and not the node")),
                arguments(
                        "apim-aio-0.toml",
                        "apim-aio-0" + AIO + ":9711\"]",
                        "apim-aio-0" + AIO + ":9712\"]",
                        List.of(
                                "apim-aio-0.toml [[apim.event_hub.publish.url_group]] auth_urls: names ssl://apim-aio-0"
                                        + AIO + ":9712, where ssl://apim-aio-0" + AIO + ":9711 is meant",
                                "apim-aio-0.toml [[apim.event_hub.publish.url_group]] auth_urls: names ssl://apim-aio-0"
                                        + AIO + ":9712: no Service carries port '9712' of apim-aio-0" + AIO)));
    }

    @Test
    void saysWhatIsNoToml() {
        assertThat(RENDERED.with("apim-tm-0.toml", "[server").problems())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("apim-tm-0.toml: is no TOML: ");
    }

    @Test
    void saysWhichFileIsMissingAndWhichHasNoNode() {
        var files = new TreeMap<>(RENDERED.files());
        files.put("apim-aio-2.toml", files.remove("apim-aio-1.toml"));

        assertThat(Linter.lint(RENDERED.cluster(), files, RENDERED.services()))
                .extracting(Problem::toString)
                .containsExactly(
                        "apim-aio-1.toml: there is no such file, which all-in-one 1 needs",
                        "apim-aio-2.toml: there is no such node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"apim-aio", "apim-tm"})
    void noticesThatTwoNodesHaveEachOthersFile(String tier) {
        var first = tier + "-0.toml";
        var second = tier + "-1.toml";
        var swapped = RENDERED.with(first, RENDERED.files().get(second))
                .with(second, RENDERED.files().get(first));

        assertThat(swapped.problems())
                .extracting(Problem::field)
                .contains(first + " [apim.throttling] event_duplicate_url")
                .contains(second + " [apim.throttling] event_duplicate_url");
    }

    /** One replica less than the files were written for. */
    @Test
    void noticesANodeThatIsNoLongerThere() {
        var one = Rendered.of(ProductVersion.V4_5_0, 1, 2);
        var files = new TreeMap<>(RENDERED.files());
        files.remove("apim-aio-1.toml");

        assertThat(Linter.lint(one.cluster(), files, one.services()))
                .extracting(Problem::toString)
                .contains(
                        "apim-tm-0.toml [apim.event_hub] event_listening_endpoints: names tcp://apim-aio-1" + AIO
                                + ":5672, which it must not",
                        "apim-tm-0.toml [apim.event_hub] event_listening_endpoints: names tcp://apim-aio-1" + AIO
                                + ":5672: no Service of the deployment leads to apim-aio-1" + AIO)
                .allMatch(problem -> problem.contains("apim-aio-1" + AIO));
    }

    @ParameterizedTest
    @CsvSource({
        "apim-aio, https, 4",
        "apim-aio-headless, amqp, 8",
        "apim-aio-headless, receiver, 4",
        "apim-aio-headless, receiver-tls, 4",
        "apim-tm-headless, amqp, 6",
        "apim-tm-headless, receiver, 4",
        "apim-tm-headless, receiver-tls, 4"
    })
    void noticesAPortThatNoServiceCarries(String service, String port, int dialling) {
        var services = RENDERED.services().stream()
                .map(given -> given.getMetadata().getName().equals(service) ? without(given, port) : given)
                .toList();

        assertThat(Linter.lint(RENDERED.cluster(), RENDERED.files(), services))
                .hasSize(dialling)
                .allMatch(problem -> problem.message().contains(": no Service carries port '"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apim-aio", "apim-aio-headless", "apim-tm-headless"})
    void noticesAServiceThatIsNotThereOrLeadsToNoPod(String service) {
        var missing = RENDERED.services().stream()
                .filter(given -> !given.getMetadata().getName().equals(service))
                .toList();
        var astray = RENDERED.services().stream()
                .map(given -> given.getMetadata().getName().equals(service) ? astray(given) : given)
                .toList();

        assertThat(Linter.lint(RENDERED.cluster(), RENDERED.files(), missing))
                .isNotEmpty()
                .allMatch(problem -> problem.message().contains(": no Service of the deployment leads to apim-"));
        assertThat(Linter.lint(RENDERED.cluster(), RENDERED.files(), astray))
                .containsExactlyElementsOf(Linter.lint(RENDERED.cluster(), RENDERED.files(), missing));
    }

    @Test
    void noticesEnvironmentsThatHaveEachOthersAddresses() {
        var exchanged = ENVIRONMENTS
                .with("apim-aio-0.toml", "name = \"Default\"", "name = \"?\"")
                .with("apim-aio-0.toml", "name = \"Partners\"", "name = \"Default\"")
                .with("apim-aio-0.toml", "name = \"?\"", "name = \"Partners\"");

        assertThat(exchanged.problems())
                .hasSize(24)
                .extracting(Problem::toString)
                .contains(
                        "apim-aio-0.toml [[apim.gateway.environment]] https_endpoint of environment Partners: names "
                                + "https://gw.am.wso2.com, where https://partners.am.wso2.com is meant",
                        "apim-aio-0.toml [[apim.gateway.environment.virtual_host]] ws_endpoint of environment Default: "
                                + "names ws://drinks.am.wso2.com:9099, where ws://foods.am.wso2.com:9099 is meant");
    }

    @Test
    void noticesAddressesOfTwoHostsInOneTable() {
        var mixed = Rendered.of("""
                spec: {gateway: {environments: [{name: Default, virtualHosts: [
                  {hostname: foods.am.wso2.com}, {hostname: drinks.am.wso2.com}]}]}}
                """)
                .with("apim-aio-1.toml", "wss://foods.", "wss://?.")
                .with("apim-aio-1.toml", "wss://drinks.", "wss://foods.")
                .with("apim-aio-1.toml", "wss://?.", "wss://drinks.");

        assertThat(mixed.problems()).hasSize(2).allSatisfy(problem -> assertThat(problem.toString())
                .startsWith("apim-aio-1.toml [[apim.gateway.environment.virtual_host]]: holds [http://")
                .contains("://foods.am.wso2.com", "://drinks.am.wso2.com")
                .endsWith("], where addresses of one host are meant"));
    }

    @Test
    void leavesAnEnvironmentOfTheUsersOwnAlone() {
        assertThat(Rendered.of("""
                spec:
                  config:
                    allInOne: |
                      [[apim.gateway.environment]]
                      name = "Elsewhere"
                      service_url = "https://gateway.example.com:9443/services/"
                      http_endpoint = "http://gateway.example.com"
                      wss_endpoint = "wss://events.example.com"
                """).problems()).isEmpty();
    }

    private static Service without(Service service, String port) {
        return service.edit()
                .editSpec()
                .removeMatchingFromPorts(candidate -> candidate.getName().equals(port))
                .endSpec()
                .build();
    }

    private static Service astray(Service service) {
        return service.edit()
                .editSpec()
                .addToSelector("app.kubernetes.io/component", "nothing")
                .endSpec()
                .build();
    }
}
