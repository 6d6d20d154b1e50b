package com.wso2.apim.operator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.inputs.Settings;
import com.wso2.apim.operator.model.Problem.Concern;
import com.wso2.apim.operator.revision.Admission;
import com.wso2.apim.operator.support.AdmittedResource;
import com.wso2.apim.operator.support.Installation;
import com.wso2.apim.operator.support.Retained;
import com.wso2.apim.operator.support.SettingsBuilder;
import com.wso2.apim.operator.support.Simulation;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake that the API server cannot see, in the words that the status says it in. */
class ProblemsTest {

    private static final Names NAMES = new Names("wso2", "apim");
    private static final Settings WITHOUT_IMAGES =
            SettingsBuilder.from(Installation.SETTINGS).withoutProductImages().build();

    private static final String ADMIN = "{spec: {admin: {secretRef: {name: admin}}}}";
    private static final String SECRET_VARIABLE =
            "{spec: {allInOne: {env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: tokens, key: choreo}}}]}}}";
    private static final String CONFIG_MAP_VARIABLE =
            "{spec: {trafficManager: {env: [{name: ZONE, valueFrom: {configMapKeyRef: {name: zones, key: zone}}}]}}}";

    private static final String USED = "{spec: {config: {allInOne: 'apim.analytics.auth_token = \"$env{TOKEN}\"'}}}";

    private final Map<String, Secret> secrets = new HashMap<>(Map.of(
            "apim-db", credentials("apim-db", "apim", "secret-of-apim"),
            "shared-db", credentials("shared-db", "shared", "secret-of-shared")));
    private final Map<String, ConfigMap> configMaps = new HashMap<>();
    private final List<HasMetadata> owned = new ArrayList<>();
    private final List<ApiManagerCluster> others = new ArrayList<>();

    @ParameterizedTest
    @MethodSource
    void ofATier(String tier, String problem) {
        assertThat(problems("{spec: {%s}}".formatted(tier))).containsExactly(problem);
    }

    private static Stream<Arguments> ofATier() {
        return Stream.of(
                arguments(
                        "allInOne: {jvm: {xms: 2g}}",
                        "spec.allInOne.jvm.xms: 2g is more than the largest heap, 1024m: lower it or raise jvm.xmx"),
                arguments(
                        "trafficManager: {jvm: {xms: 600m}}",
                        "spec.trafficManager.jvm.xms: 600m is more than the largest heap, 512m: lower it or raise "
                                + "jvm.xmx"),
                arguments(
                        "allInOne: {env: [{name: JVM_MEM_OPTS, value: -Xmx4g}]}",
                        "spec.allInOne.env[JVM_MEM_OPTS]: the operator sets this variable itself: choose another name"),
                arguments(
                        "trafficManager: {env: [{name: WSO2_ADMIN_PASSWORD, value: x}]}",
                        "spec.trafficManager.env[WSO2_ADMIN_PASSWORD]: the operator sets this variable itself: choose "
                                + "another name"),
                arguments(
                        "allInOne: {resources: {limits: {memory: -4Gi}}}",
                        "spec.allInOne.resources.limits.memory: -4Gi is negative: write zero or more"),
                arguments(
                        "allInOne: {resources: {requests: {cpu: two}}}",
                        "spec.allInOne.resources.requests.cpu: 'two' is no quantity: write a number with a unit, such "
                                + "as 500m or 2Gi"),
                arguments(
                        "trafficManager: {resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}}",
                        "spec.trafficManager.resources.requests.cpu: 2 is more than the limit, 1500m: lower it or raise "
                                + "resources.limits.cpu"),
                arguments(
                        "allInOne: {resources: {requests: {memory: 4Gi}}}",
                        "spec.allInOne.resources.requests.memory: 4Gi is more than the limit, 3072Mi: lower it or raise "
                                + "resources.limits.memory"));
    }

    @Test
    void ofATierWithoutAnImage() {
        assertThat(problems(WITHOUT_IMAGES, "{spec: {allInOne: {image: mine/wso2am}}}"))
                .containsExactly("spec.trafficManager.image: no image is known for this tier: name one here, or "
                        + "configure the operator's default images");
    }

    @Test
    void ofADriverWhoseImageNobodyNames() {
        var withoutDrivers = SettingsBuilder.from(Installation.SETTINGS)
                .withoutJdbcDriversImage()
                .build();

        assertThat(problems(withoutDrivers, "{}"))
                .containsExactly(
                        "spec.database.driver: no image with JDBC drivers is known: name an image and the path of "
                                + "the jar in it in database.driver.image and database.driver.path, or write "
                                + "database.driver.source: ProductImage if the product's image holds the driver, or set "
                                + "APIM_IMAGES_JDBC_DRIVERS of the operator to its own image");
        assertThat(problems(withoutDrivers, "{spec: {database: {driver: {source: ProductImage}}}}"))
                .isEmpty();
        assertThat(problems(withoutDrivers, "{spec: {database: {driver: {image: mine, path: /d.jar}}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Oracle", "DB2"})
    void ofADriverThatIsNotCarried(String type) {
        assertThat(problems("{spec: {database: {type: %s}}}".formatted(type)))
                .containsExactly("spec.database.driver: the operator's image carries no driver for this database.type: "
                        + "name an image and the path of the jar in it in database.driver.image and "
                        + "database.driver.path, or write database.driver.source: ProductImage if the product's image "
                        + "holds the driver");
    }

    @ParameterizedTest
    @MethodSource
    void ofWhatIsNotThere(String change, String problem) {
        secrets.put("tokens", Retained.secret(NAMES, "tokens", Map.of("other", "x")));
        configMaps.put("zones", configMap("zones", Map.of("other", "x")));

        assertThat(problems(change)).containsExactly(problem);
    }

    private static Stream<Arguments> ofWhatIsNotThere() {
        return Stream.of(
                arguments(
                        "{spec: {database: {shared: {credentialsSecretRef: {usernameKey: login}}}}}",
                        "spec.database.shared.credentialsSecretRef: Secret 'shared-db' has no key 'login': add it"),
                arguments(
                        SECRET_VARIABLE,
                        "spec.allInOne.env[TOKEN].valueFrom.secretKeyRef: Secret 'tokens' has no key 'choreo': add it"),
                arguments(
                        SECRET_VARIABLE.replace("tokens", "nowhere"),
                        "spec.allInOne.env[TOKEN].valueFrom.secretKeyRef: Secret 'nowhere' does not exist: create it "
                                + "with the key 'choreo'"),
                arguments(
                        CONFIG_MAP_VARIABLE,
                        "spec.trafficManager.env[ZONE].valueFrom.configMapKeyRef: ConfigMap 'zones' with the key 'zone' "
                                + "does not exist: create it"),
                arguments(
                        CONFIG_MAP_VARIABLE.replace("zones", "nowhere"),
                        "spec.trafficManager.env[ZONE].valueFrom.configMapKeyRef: ConfigMap 'nowhere' with the key "
                                + "'zone' does not exist: create it"));
    }

    @Test
    void ofASecretThatIsMissingNameBothKeys() {
        secrets.remove("apim-db");

        assertThat(problems("{}"))
                .containsExactly(
                        "spec.database.apim.credentialsSecretRef: Secret 'apim-db' does not exist: create it with the "
                                + "keys 'username' and 'password'");
    }

    @ParameterizedTest
    @MethodSource
    void ofAnAdministratorThatTheProductCannotCarry(String username, String password, String problem) {
        secrets.put("admin", credentials("admin", username, password));

        assertThat(problems(ADMIN)).containsExactly("spec.admin.secretRef: " + problem);
    }

    private static Stream<Arguments> ofAnAdministratorThatTheProductCannotCarry() {
        return Stream.of(
                arguments("me", "long-enough", "key 'username' of Secret 'admin' must have 3 to 30 characters"),
                arguments("admin", "4444", "key 'password' of Secret 'admin' must have 5 to 30 characters"),
                arguments("admin", "x".repeat(31), "key 'password' of Secret 'admin' must have 5 to 30 characters"),
                arguments(
                        "admin@wso2.com",
                        "long-enough",
                        "key 'username' of Secret 'admin' is an e-mail address, of which the product takes the end for "
                                + "a tenant: write enable_email_domain = true under [tenant_mgt] in spec.config.common, "
                                + "or choose a name without @"),
                arguments(
                        "admin",
                        "pass$word",
                        "key 'password' of Secret 'admin' holds the character $, which version 4.5.0 cannot carry: "
                                + "choose a value without it"),
                arguments(
                        "admin",
                        "pass word",
                        "key 'password' of Secret 'admin' holds a space, which version 4.5.0 cannot carry: choose a "
                                + "value without it"),
                arguments(
                        "admin",
                        "password\n",
                        "key 'password' of Secret 'admin' holds a line break at its end or inside, which version 4.5.0 "
                                + "cannot carry: choose a value without it"));
    }

    @ParameterizedTest
    @MethodSource
    void ofADatabasePasswordThatTheProductCannotCarry(String password, String problem) {
        secrets.put("apim-db", credentials("apim-db", "apim", password));

        assertThat(problems("{}"))
                .containsExactly(
                        "spec.database.apim.credentialsSecretRef: key 'password' of Secret 'apim-db' " + problem);
    }

    private static Stream<Arguments> ofADatabasePasswordThatTheProductCannotCarry() {
        var cannotBeCarried = ", which version 4.5.0 cannot carry: choose a value without it";
        return Stream.of(
                arguments("", "must have one character or more"),
                arguments("a${b", "holds the characters ${" + cannotBeCarried),
                arguments("$secret{a}", "holds the characters $secret{" + cannotBeCarried),
                arguments("a\u001Bb", "holds the control character U+001B" + cannotBeCarried),
                arguments("secret\n", "holds a line break at its end or inside" + cannotBeCarried));
    }

    @Test
    void areNoneForADatabasePasswordOfAllOtherCharacters() {
        secrets.put("apim-db", credentials("apim-db", "apim", " a &<>\"'@/:?#%=;,.~!^*()[]|`$\\{{a}}é日 "));

        assertThat(problems("{}")).isEmpty();
    }

    @Test
    void ofADatabasePasswordThatIsNoText() {
        var latin1 = Base64.getEncoder().encodeToString("caf\u00E9".getBytes(StandardCharsets.ISO_8859_1));
        secrets.put(
                "apim-db",
                credentials("apim-db", "apim", "")
                        .edit()
                        .addToData("password", latin1)
                        .build());

        assertThat(problems("{}"))
                .containsExactly(
                        "spec.database.apim.credentialsSecretRef: key 'password' of Secret 'apim-db' holds bytes that are "
                                + "not UTF-8, which version 4.5.0 cannot carry: choose a value without it");
    }

    @ParameterizedTest
    @MethodSource
    void ofAnEncryptionKeyThatIsNone(String key, String problem) {
        secrets.put("own", Retained.secret(NAMES, "own", Map.of("key", key)));

        assertThat(problems("{spec: {version: 4.7.0, encryption: {secretRef: {name: own}}}}"))
                .containsExactly("spec.encryption.secretRef: key 'key' of Secret 'own' " + problem);
    }

    private static Stream<Arguments> ofAnEncryptionKeyThatIsNone() {
        return Stream.of(
                arguments("0123456789abcdef", "must have 64 hexadecimal digits, as openssl rand -hex 32 makes them"),
                arguments(
                        "g" + "0".repeat(63),
                        "holds the character g, which version 4.7.0 cannot carry: choose a value without it"));
    }

    @ParameterizedTest
    @MethodSource
    void ofAVariableWhoseValueCannotBeCarried(String version, String value, String problem) {
        secrets.put("tokens", Retained.secret(NAMES, "tokens", Map.of("choreo", value)));

        assertThat(problems(SECRET_VARIABLE, USED, "{spec: {version: %s}}".formatted(version)))
                .containsExactly(
                        "spec.allInOne.env[TOKEN].valueFrom.secretKeyRef: key 'choreo' of Secret 'tokens' holds "
                                + problem);
    }

    private static Stream<Arguments> ofAVariableWhoseValueCannotBeCarried() {
        return Stream.of(
                arguments(
                        "4.6.0",
                        "a$b",
                        "the character $, which version 4.6.0 cannot carry through $env{TOKEN}: write &#36; for it, or "
                                + "choose a value without it"),
                arguments(
                        "4.2.0",
                        "a\\b",
                        "the character \\, which version 4.2.0 cannot carry through $env{TOKEN}: write &#92; for it, or "
                                + "choose a value without it"),
                arguments(
                        "4.5.0",
                        "this & that",
                        "the character &, which version 4.5.0 cannot carry through $env{TOKEN}: write &amp; for it, or "
                                + "choose a value without it"),
                arguments(
                        "4.7.0",
                        "{{a}}",
                        "the characters {{, which version 4.7.0 cannot carry through $env{TOKEN}: write &#123;&#123; for "
                                + "it, or choose a value without it"),
                arguments(
                        "4.7.0",
                        "$ref{a}",
                        "the characters $ref{, which version 4.7.0 cannot carry through $env{TOKEN}: choose a value "
                                + "without it"),
                arguments(
                        "4.5.0",
                        "token\n",
                        "a line break at its end or inside, which version 4.5.0 cannot carry through $env{TOKEN}: choose "
                                + "a value without it"));
    }

    @Test
    void ofAVariableNameTheTierAndTheSourceOfItsValue() {
        configMaps.put("zones", configMap("zones", Map.of("zone", "<none>")));

        assertThat(problems(
                        CONFIG_MAP_VARIABLE,
                        "{spec: {config: {trafficManager: 'x.zone = \"$env{ZONE}\"'}}}",
                        "{spec: {allInOne: {env: [{name: ZONE, value: <unused>}]}}}"))
                .containsExactly(
                        "spec.trafficManager.env[ZONE].valueFrom.configMapKeyRef: key 'zone' of ConfigMap 'zones' holds "
                                + "the character <, which version 4.5.0 cannot carry through $env{ZONE}: write &lt; for "
                                + "it, or choose a value without it");
    }

    @ParameterizedTest
    @CsvSource({"$(NODE_IP):9443", "$(ANOTHER)", "$(POD_NAME) &amp; $(NODE_IP)", "'it''s > 1 {a}}'", "''"})
    void areNoneForAVariableOfAValueThatPodsGetWithoutSpecialCharacters(String value) {
        assertThat(problems(variables("harmless", value), USED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"$$x", "$(LATER)", "$(ANOTHER", "x$"})
    void ofAVariableThatStillHasADollarSignInThePod(String value) {
        assertThat(problems(variables("harmless", value), USED))
                .containsExactly("spec.allInOne.env[TOKEN].value: it holds the character $, which version 4.5.0 cannot "
                        + "carry through $env{TOKEN}: write &#36; for it, or choose a value without it");
    }

    @Test
    void ofAVariableThatBringsTheValueOfAnotherOne() {
        assertThat(problems(variables("a\\b", "$(ANOTHER)"), USED))
                .containsExactly(
                        "spec.allInOne.env[TOKEN].value: it holds the character \\, which version 4.5.0 cannot "
                                + "carry through $env{TOKEN}: write &#92; for it, or choose a value without it");
    }

    @Test
    void areNoneForAVariableThatNoFileReads() {
        assertThat(problems(variables("-Dpath=C:\\ -Da=$b & <c>", "{{"))).isEmpty();
    }

    private static String variables(String another, String token) {
        return "{spec: {allInOne: {env: [{name: ANOTHER, value: '%s'}, {name: TOKEN, value: '%s'}, {name: LATER}]}}}"
                .formatted(another, token.replace("'", "''"));
    }

    @ParameterizedTest
    @MethodSource
    void ofANameThatSomethingElseHas(Secret secret) {
        secrets.put(secret.getMetadata().getName(), secret);

        assertThat(problems("{}"))
                .containsExactly(
                        "Secret/%s: exists and does not belong to this ApiManagerCluster, which needs the name: rename or delete it"
                                .formatted(secret.getMetadata().getName()));
    }

    private static Stream<Secret> ofANameThatSomethingElseHas() {
        return Stream.of("apim-ca", "apim-keys", "apim-admin").map(name -> credentials(name, "a", "b")
                .edit()
                .editMetadata()
                .withAnnotations(null)
                .endMetadata()
                .build());
    }

    @ParameterizedTest
    @CsvSource({"wso2/other, wso2/other", "elsewhere/apim, elsewhere/apim", "'', nobody", ", nobody"})
    void ofKeysThatAreKeptForAnotherResource(String annotation, String owner) {
        var kept = Retained.secrets(NAMES).get(2);
        kept.getMetadata().setAnnotations(annotation == null ? null : Map.of(Names.OWNER_ANNOTATION, annotation));
        secrets.put("apim-keys", kept);

        assertThat(problems("{}"))
                .containsExactly(
                        "Secret/apim-keys: holds keys that are kept for " + owner + ": if they are meant for this "
                                + "ApiManagerCluster, set the annotation apim.wso2.com/owner to wso2/apim; otherwise rename or "
                                + "delete it");
    }

    @Test
    void ofKeysThatCameBackWithAnotherType() {
        secrets.put("apim-admin", credentials("apim-admin", "a", "b"));

        assertThat(problems("{}"))
                .containsExactly("Secret/apim-admin: is kept for this ApiManagerCluster, but not of the type "
                        + "apim.wso2.com/retained, and a type cannot be changed: delete it and create it again with that "
                        + "type, or without it have new values made");
    }

    @Test
    void ofKeysThatGoWithADeletedResourceAskForPatienceAndAreNotUsedAgain() {
        var keys = Retained.secrets(NAMES).get(2);
        var earlier = AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"));
        earlier.getMetadata().setUid("of-the-deleted-one");
        keys.addOwnerReference(earlier);
        secrets.put("apim-keys", keys);

        assertThat(problems("{}"))
                .containsExactly(
                        "Secret/apim-keys: still belongs to a deleted ApiManagerCluster of this name: the cluster "
                                + "is removing it");
    }

    @ParameterizedTest
    @CsvSource({
        "apim-admin, username",
        "apim-admin, password",
        "apim-ca, ca.key",
        "apim-ca, ca.crt",
        "apim-keys, primary.crt",
        "apim-keys, internal.key"
    })
    void ofKeptKeysOfWhichAPartIsMissing(String name, String key) {
        Retained.secrets(NAMES).stream()
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .map(secret -> secret.edit().removeFromData(key).build())
                .forEach(secret -> secrets.put(name, secret));

        assertThat(problems("{}"))
                .containsExactly(
                        "Secret %s: has no key '%s', in whose place a new value would come that the databases do "
                                        .formatted(name, key)
                                + "not know: restore it from a backup, or delete the Secret to have all of it made anew");
    }

    @Test
    void ofAKeptEncryptionKeyThatIsMissing() {
        secrets.put("apim-encryption", Retained.secret(NAMES, "apim-encryption", Map.of()));

        assertThat(problems("{spec: {version: 4.7.0}}"))
                .singleElement()
                .asString()
                .startsWith("Secret apim-encryption: has no key 'key', ");
    }

    @Test
    void ofANameThatADeletedResourceStillHasAskForPatience() {
        secrets.put(
                "apim-ca",
                credentials("apim-ca", "a", "b")
                        .edit()
                        .editMetadata()
                        .addNewOwnerReference()
                        .withApiVersion("apim.wso2.com/v1alpha1")
                        .withKind("ApiManagerCluster")
                        .withName("apim")
                        .withUid("of-the-deleted-one")
                        .endOwnerReference()
                        .endMetadata()
                        .build());

        assertThat(problems("{}"))
                .containsExactly(
                        "Secret/apim-ca: still belongs to a deleted ApiManagerCluster of this name: the cluster "
                                + "is removing it");
    }

    @Test
    void ofRetainedKeysThatCannotBeUsed() {
        var retained = Retained.secrets(NAMES);
        var keys = retained.get(2)
                .edit()
                .addToData("primary.crt", retained.get(1).getData().get("ca.crt"));
        secrets.put("apim-keys", keys.build());

        assertThat(problems("{}"))
                .containsExactly("Secret apim-ca, apim-keys: the private key does not belong to the first certificate "
                        + "(CN=authority): supply the key that it was made for");
    }

    @Test
    void areNoneForASecretOfTheUsersWithTheNameOfTheGeneratedAdministrator() {
        secrets.put("apim-admin", credentials("apim-admin", "admin", "long-enough"));

        assertThat(problems(ADMIN.replace("name: admin", "name: apim-admin"))).isEmpty();
    }

    @Test
    void areNoneForASpecThatALaterOperatorAdmitted() {
        owned.add(configMap(
                NAMES.admitted(), Map.of("spec.json", "{\"version\": \"4.5.0\", \"fieldOfALaterOperator\": 1}")));

        assertThat(problems("{}")).isEmpty();
    }

    @Test
    void ofTheUsersOwnTomlAreToldOnceForAllNodesAndBesideOthers() {
        secrets.remove("apim-db");

        assertThat(problems("{spec: {config: {common: '[server]\n\n  offset = 1'}}}"))
                .containsExactly(
                        "spec.config.common: server.offset is set by the operator, as 0: remove it",
                        "spec.database.apim.credentialsSecretRef: Secret 'apim-db' does not exist: create it with the "
                                + "keys 'username' and 'password'");
    }

    @Test
    void areNoneButOneWarningForAKeyOfTheUsersOwnTomlThatNoNodeKnows() {
        var admission = admission(Installation.SETTINGS, "{spec: {config: {common: 'apim.jwt.enabel = true'}}}");

        assertThat(admission.problems()).isEmpty();
        assertThat(admission.warnings())
                .hasSize(2)
                .contains("spec.config.common: apim.jwt.enabel is unknown to version 4.5.0, which ignores it: did you "
                        + "mean apim.jwt.enable?");
        assertThat(admission.targets().values())
                .allSatisfy(revision ->
                        assertThat(revision.files().values()).allMatch(text -> text.contains("enabel = true")));
    }

    @Test
    void areAllToldAtOnce() {
        assertThat(
                        problems(
                                "{spec: {allInOne: {jvm: {xms: 2g}, env: [{name: POD_NAME}]}, trafficManager: {jvm: {xms: 2g}}}}"))
                .hasSize(3);
    }

    @Test
    void ofMissingReferencesAndOfMistakesAreToldApart() {
        secrets.remove("shared-db");
        secrets.put("admin", credentials("admin", "admin", "4444"));

        assertThat(admission(Installation.SETTINGS, ADMIN).problems())
                .extracting(Problem::concern)
                .containsOnly(Concern.REFERENCE, Concern.CONFIGURATION);
    }

    @Test
    void neverHoldASecretValue() {
        secrets.put("admin", credentials("admin", "admin@wso2.com", "a-password-with-a-$"));
        secrets.put("apim-db", credentials("apim-db", "apim", "another-with-a-${"));

        assertThat(problems(ADMIN)).hasSize(3).allSatisfy(problem -> assertThat(problem)
                .doesNotContain("a-password-with", "another-with", "admin@wso2.com"));
    }

    @Test
    void areNoneButAWarningForALimitThatLeavesLittleBesideTheHeap() {
        var admission = admission(Installation.SETTINGS, "{spec: {allInOne: {resources: {limits: {memory: 2Gi}}}}}");

        assertThat(admission.problems()).isEmpty();
        assertThat(admission.warnings())
                .contains("spec.allInOne.resources.limits.memory: 2Gi leaves too little beside a heap of 1024m: "
                        + "the kernel may kill the server");
    }

    @Test
    void areNoneButAWarningForAddressesThatAreAdvertisedAndNotExposed() {
        assertThat(admission(Installation.SETTINGS, "{}").warnings())
                .containsExactly(
                        "spec.hostnames.websocket, spec.hostnames.websub: WebSocket and WebSub addresses are advertised "
                                + "as gw.am.wso2.com with the ports 9099, 8099, 9021, 8021, which nothing carries to the "
                                + "outside: where such APIs are used, name a host there, or set spec.exposure.service");
    }

    @Test
    void areNoneButAWarningThatNamesEveryHostOfTheEnvironments() {
        var environments = "{spec: {gateway: {environments: [{name: A, hostname: a.am.wso2.com, virtualHosts: ["
                + "{hostname: b.am.wso2.com}]}, {name: B, hostname: b.am.wso2.com}, {name: C}]}}}";

        assertThat(admission(Installation.SETTINGS, environments).warnings())
                .singleElement()
                .asString()
                .contains(
                        "WebSocket and WebSub addresses are advertised as a.am.wso2.com, b.am.wso2.com, gw.am.wso2.com "
                                + "with the ports 9099, 8099, 9021, 8021,");
    }

    @Test
    void areNoneButAWarningForADatabaseOfAnotherResource() {
        others.add(
                AdmittedResource.of(
                        Path.of("src/test/resources/reference/cr.yaml"),
                        "{metadata: {name: other}, spec: {database: {apim: {url: 'jdbc:mysql://mysql.wso2.com/ANOTHER_DB'}}}}"));
        var admission = admission(Installation.SETTINGS, "{}");

        assertThat(admission.problems()).isEmpty();
        assertThat(admission.warnings())
                .contains("spec.database.shared.url names the same database as spec.database.shared.url of "
                        + "ApiManagerCluster wso2/other, and each spoils what the other one writes: give each a database of "
                        + "its own, unless they log in to schemas of their own");
    }

    private List<String> problems(String... changes) {
        return problems(Installation.SETTINGS, changes);
    }

    private List<String> problems(Settings settings, String... changes) {
        return admission(settings, changes).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private Admission admission(Settings settings, String... changes) {
        var all = Retained.secrets(NAMES).stream()
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), secret -> secret));
        all.putAll(secrets);
        return Admission.of(new Inputs(
                AdmittedResource.of(Path.of("src/test/resources/reference/cr.yaml"), changes),
                settings,
                all,
                configMaps,
                others,
                owned,
                List.of(),
                GatewayApi.ABSENT,
                false,
                Simulation.START,
                new SecureRandom()));
    }

    /** A Secret of the user's: of the common type. */
    private static Secret credentials(String name, String username, String password) {
        return Retained.secret(NAMES, name, Map.of("username", username, "password", password))
                .edit()
                .withType("Opaque")
                .build();
    }

    private static ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(data)
                .build();
    }
}
