package com.wso2.apim.operator.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wso2.apim.operator.inputs.GatewayApi.Persistence;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server's own description of its kinds says of Gateway API. */
class GatewayApiReaderTest {

    @ParameterizedTest
    @CsvSource({
        "'type: {type: string}, sessionName: {type: string}, cookieConfig: {type: object}', BY_SESSION_NAME",
        "'type: {type: string}, cookie: {type: object}, header: {type: object}', BY_COOKIE",
        "'type: {type: string}, header: {type: object}', NONE"
    })
    void tellsTheFormOfSessionPersistence(String fields, Persistence persistence) {
        var described = described("sessionPersistence: {properties: {" + fields + "}}");

        assertThat(described.persistence()).isEqualTo(persistence);
        assertThat(described.isServed()).isTrue();
    }

    @Test
    void tellsThatThereIsNoSessionPersistence() {
        assertThat(described("backendRefs: {type: array}").persistence()).isEqualTo(Persistence.NONE);
    }

    @Test
    void namesTheKindsThatAreMissing() {
        var onlyRoutes = GatewayApiReader.described(yaml("components: {schemas: {" + route("") + "}}"));

        assertThat(onlyRoutes.isServed()).isFalse();
        assertThat(onlyRoutes.missing()).containsExactly("BackendTLSPolicy");
        assertThat(GatewayApiReader.described(yaml("components: {}")).missing())
                .containsExactly("HTTPRoute", "BackendTLSPolicy");
    }

    private static GatewayApi described(String ruleFields) {
        return GatewayApiReader.described(yaml("""
                components:
                  schemas:
                    some.meta.Thing: {type: object}
                    io.BackendTLSPolicy: {x-kubernetes-group-version-kind: [{kind: BackendTLSPolicy}]}
                    %s
                """.formatted(route(ruleFields))));
    }

    private static String route(String ruleFields) {
        return "io.HTTPRoute: {x-kubernetes-group-version-kind: [{kind: HTTPRoute}], properties: {spec: {properties: "
                + "{rules: {items: {properties: {" + ruleFields + "}}}}}}}";
    }

    private static JsonNode yaml(String text) {
        return Serialization.unmarshal(text, JsonNode.class);
    }
}
