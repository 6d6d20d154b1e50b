package com.wso2.apim.operator.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.wso2.apim.operator.support.ConfigMapper.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the servers' own reader takes and refuses: the tests that rely on it would pass with one that takes everything. */
class ConfigMapperTest {

    @ParameterizedTest
    @EnumSource
    void resolvesVariablesAndReferencesToThem(ConfigMapper mapper) {
        assertThat(mapper.read("""
                        [super_admin]
                        password = "$env{WSO2_ADMIN_PASSWORD}"

                        [apim.throttling]
                        password = "$ref{super_admin.password}"
                        """)).contains(entry("apim.throttling.password", "stand-in-admin"));
    }

    @ParameterizedTest
    @EnumSource
    void leavesAReferenceInsideAnArrayOfTablesAsItIs(ConfigMapper mapper) {
        assertThat(mapper.read("""
                        [super_admin]
                        password = "$env{WSO2_ADMIN_PASSWORD}"

                        [[event_listener]]
                        password = "$ref{super_admin.password}"
                        """))
                .contains(entry("event_listener", List.of(Map.of("password", "$ref{super_admin.password}"))));
    }

    @ParameterizedTest
    @EnumSource
    void refusesATableThatComesTwice(ConfigMapper mapper) {
        assertThatThrownBy(() -> mapper.read("""
                        [apim.throttling]
                        username = "a"

                        [apim.event_hub]
                        enable = true

                        [apim.throttling]
                        password = "b"
                        """))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("apim.throttling previously defined at line 1");
    }

    @ParameterizedTest
    @EnumSource
    void overflowsTheStackOverAParentAfterItsChild(ConfigMapper mapper) {
        assertThatThrownBy(() -> mapper.read("""
                        [transport.https.properties]
                        proxyPort = 443

                        [transport]
                        name = "https"
                        """)).isInstanceOf(Refusal.class).hasMessage("StackOverflowError");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAVariableThatIsNotDefined(ConfigMapper mapper) {
        assertThatThrownBy(() -> mapper.read("""
                        [server]
                        node_ip = "$env{NO_SUCH_VARIABLE}"
                        """))
                .isInstanceOf(Refusal.class)
                .hasMessage("Environment variable NO_SUCH_VARIABLE not defined in system");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnArrayOfMixedTypes(ConfigMapper mapper) {
        assertThatThrownBy(() -> mapper.read("""
                        [apim.throttling]
                        event_duplicate_url = ["tcp://a:1", 2]
                        """))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("Cannot add a integer to an array containing strings");
    }
}
