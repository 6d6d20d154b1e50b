package com.wso2.apim.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the status says of addresses that nothing leads to. */
class ExposureAdviceTest {

    private static final String OWN = "{spec: {hostnames: {websocket: ws.am.wso2.com, websub: hub.am.wso2.com}}}";
    private static final String TRANSPORT =
            "serviceAnnotations: {traefik.ingress.kubernetes.io/service.serverstransport: wso2-nodes@kubernetescrd}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN,
                "{spec: {exposure: {service: {}}}}",
                "{spec: {exposure: {service: {type: ClusterIP}}, hostnames: {websocket: ws.am.wso2.com}}}",
                "{spec: {exposure: {service: {}, ingress: {controller: Traefik, " + TRANSPORT + "}}}}",
                "{spec: {exposure: {service: {}, ingress: {controller: Traefik, api: {" + TRANSPORT + "}, gateway: {"
                        + TRANSPORT + "}}}}}"
            })
    void isNothingWhereEverythingIsExposed(String change) {
        assertThat(warnings(change)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "websub: hub.am.wso2.com   | spec.hostnames.websocket: WebSocket addresses are advertised as gw.am.wso2.com with the ports 9099, 8099,",
                "websocket: ws.am.wso2.com | spec.hostnames.websub: WebSub addresses are advertised as gw.am.wso2.com with the ports 9021, 8021,"
            })
    void namesTheFieldThatIsMissing(String given, String warning) {
        assertThat(warnings("{spec: {hostnames: {%s}}}".formatted(given)))
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @Test
    void saysWhereToLeadHostNamesThatTheOperatorDoesNotExpose() {
        assertThat(warnings(OWN, "{spec: {exposure: {type: None}}}"))
                .containsExactly(
                        "spec.exposure.type: None exposes nothing, but these host names are advertised with the "
                                + "ports 80 and 443: lead api.am.wso2.com to port 9443; gw.am.wso2.com to port 8243; "
                                + "ws.am.wso2.com to port 8099; hub.am.wso2.com to port 8021 of Service apim-aio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api: {" + TRANSPORT + "}", "gateway: {" + TRANSPORT + "}"})
    void asksForATransportThatTrustsTheNodesAsLongAsOneIngressOfTraefikHasNone(String given) {
        assertThat(warnings("{spec: {exposure: {service: {}, ingress: {controller: Traefik, %s}}}}".formatted(given)))
                .containsExactly(
                        "spec.exposure.ingress.serviceAnnotations: Traefik refuses the nodes' certificates unless it "
                                + "trusts their authority: name a ServersTransport that does in "
                                + "traefik.ingress.kubernetes.io/service.serverstransport");
    }

    private static List<String> warnings(String... changes) {
        var resource = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes);
        return Resolver.resolve(new Names("wso2", "apim"), resource.getSpec(), Installation.SETTINGS)
                .warnings();
    }
}
