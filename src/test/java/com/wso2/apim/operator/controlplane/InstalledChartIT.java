package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The life of a release on a control plane that has seen nothing of ours: the operator runs as the packaged application, with the
 * ServiceAccount, the rights and the environment that the installed chart gives it, and nothing else. Each test goes on where the
 * one before ended.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InstalledChartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CRD = "apimanagerclusters.apim.wso2.com";

    private ControlPlane controlPlane;
    private KubernetesClient client;
    private Release release;
    private Deployment listed;
    private Deployment notListed;
    private OperatorProcess operator;

    @BeforeAll
    void start() throws IOException {
        controlPlane = ControlPlane.bare();
        client = controlPlane.client();
        release = new Release(controlPlane);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Release.NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        listed = new Deployment(controlPlane, false);
        notListed = new Deployment(controlPlane, false);
    }

    @AfterAll
    void end() throws IOException {
        operator.close();
        Stream.of(listed, notListed).map(Deployment::history).forEach(PodHistory::close);
        controlPlane.close();
    }

    @Test
    @Order(1)
    void isInstalledAndItsRestrictedPodsBecomeReady() throws IOException {
        var notes = release.helm("install", release.values(listed.namespace(), Release.FIRST))
                .succeeded();

        assertThat(notes).contains("looks for ApiManagerCluster resources in: " + listed.namespace());
        assertThat(release.pods()).hasSize(2);
        assertThat(release.deployment().getStatus().getAvailableReplicas()).isEqualTo(2);
    }

    @Test
    @Order(2)
    void itsOperatorDeploysInAListedNamespaceAndTouchesNoOther() throws IOException {
        startOperator();
        notListed.applyExample("minimal");
        listed.run("minimal");

        assertThat(notListed.audit().requests()).isEmpty();
        assertThat(notListed.resource().getStatus().conditions()).isNullOrEmpty();
        assertNothingWasForbidden();
    }

    @Test
    @Order(3)
    void itsTestAsksTheOperatorItself() throws Exception {
        var test = CompletableFuture.supplyAsync(() -> release.test().succeeded());
        var pod = await().atMost(PATIENCE).until(release::checkPod, found -> found != null);

        assertThat(release.runCheck(pod, operator)).isZero();
        release.complete(pod);
        assertThat(test.get()).containsPattern("Phase: +Succeeded");
    }

    @Test
    @Order(4)
    void anUpgradeRestartsNoPodOfTheProduct() throws Exception {
        var before = release.pods().stream().map(InstalledChartIT::uid).toList();
        var writes = listed.audit().writes();
        var passes = listed.audit().passes();
        listed.history().clear();

        release.helm("upgrade", release.values(listed.namespace(), "0.2.0")).succeeded();
        operator.terminate();
        startOperator();
        // Pods copy their driver out of the operator's image, which is another one now.
        listed.awaitCondition("UpdatePending", pending -> pending.message().contains("image of container jdbc-driver"));
        await().atMost(PATIENCE).until(() -> listed.audit().passes() >= passes + 3);

        assertThat(release.pods()).extracting(InstalledChartIT::uid).doesNotContainAnyElementsOf(before);
        assertThat(listed.audit().writes())
                .startsWith(writes.toArray(String[]::new))
                .noneMatch(write -> write.startsWith("delete"))
                .filteredOn(write -> write.contains(" statefulsets/"))
                .hasSameSizeAs(writes.stream()
                        .filter(write -> write.contains(" statefulsets/"))
                        .toList());
        assertThat(listed.history().moments()).isEmpty();
        assertNothingWasForbidden();
    }

    @Test
    @Order(5)
    void peopleWhoMayViewOrEditTheNamespaceMayDoSoWithTheResource() {
        var people = new People(client, listed.namespace());
        people.bind();
        await().atMost(PATIENCE).until(() -> people.may("view", "get"));
        assertThat(Stream.of("list", "watch", "create", "patch", "delete").filter(verb -> people.may("view", verb)))
                .containsExactly("list", "watch");
        assertThat(Stream.of("get", "create", "update", "patch", "delete"))
                .allMatch(verb -> people.may("edit", verb) && people.may("admin", verb));
    }

    @ParameterizedTest
    @Order(6)
    @CsvSource(
            delimiter = '|',
            value = {
                // The Lease has one name in a namespace.
                "second | apim-operator | crds.install=false,rbac.aggregate=false | Role \"apim-operator-leader\"",
                // Two operators must not work on the same resources.
                "apim-operator | default | crds.install=false,rbac.aggregate=false,watch.namespaces={LISTED} | Role",
                "apim-operator | default | rbac.aggregate=false | CustomResourceDefinition",
            })
    void aSecondReleaseIsRefusedWhereItWouldDoHarm(String name, String namespace, String values, String conflict)
            throws IOException {
        var refused = release.helm(
                "install",
                name,
                "helm",
                "--namespace",
                namespace,
                "--dry-run=server",
                "--set",
                values.replace("LISTED", listed.namespace()));
        assertThat(refused.code()).isNotZero();
        assertThat(refused.errors()).contains(conflict, "invalid ownership metadata");
    }

    @Test
    @Order(7)
    void aSecondReleaseLivesInAnotherNamespace() throws IOException {
        var notes = release.helm(
                        "install",
                        "second",
                        "helm",
                        "--namespace",
                        "default",
                        "--set",
                        "crds.install=false,rbac.aggregate=false",
                        "--wait")
                .succeeded();
        assertThat(notes)
                .contains(
                        "second-apim-operator looks for ApiManagerCluster resources in: default",
                        "crds.install is false");
        release.helm("uninstall", "second", "--namespace", "default", "--wait").succeeded();
    }

    @Test
    @Order(8)
    void aServiceMonitorLeadsPrometheusToTheMetricsOnceTheKindIsThere() throws IOException {
        var values = Stream.concat(
                        Stream.of(release.values(listed.namespace(), "0.2.0")),
                        Stream.of("--set", "metrics.serviceMonitor.enabled=true"))
                .toArray(String[]::new);
        assertThat(release.helm("upgrade", values).errors()).contains("the cluster has no kind ServiceMonitor");

        controlPlane.apply(controlPlane
                .module("github.com/prometheus-operator/prometheus-operator")
                .resolve("example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml"));
        await().atMost(PATIENCE).until(() -> release.helm("upgrade", values).code() == 0);

        Map<String, Object> spec = client.genericKubernetesResources("monitoring.coreos.com/v1", "ServiceMonitor")
                .inNamespace(Release.NAMESPACE)
                .withName(Release.NAME)
                .get()
                .get("spec");
        var selected = client.services()
                .inNamespace(Release.NAMESPACE)
                .withLabels(labels(spec))
                .list()
                .getItems();
        assertThat(selected).hasSize(1);
        assertThat(selected.get(0).getSpec().getPorts())
                .extracting(port -> port.getName())
                .contains("http");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> labels(Map<String, Object> spec) {
        return (Map<String, String>) ((Map<String, Object>) spec.get("selector")).get("matchLabels");
    }

    @Test
    @Order(9)
    void uninstallingLeavesTheCrdTheResourceAndItsPods() throws Exception {
        operator.terminate();
        listed.history().clear();
        release.helm("uninstall", Release.NAME, "--wait").succeeded();

        assertThat(release.deployment()).isNull();
        assertThat(client.rbac().roles().inNamespace(listed.namespace()).list().getItems())
                .isEmpty();
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(CRD)
                        .get())
                .isNotNull();
        assertThat(client.resources(ApiManagerCluster.class)
                        .inAnyNamespace()
                        .list()
                        .getItems())
                .hasSize(2);
        assertThat(client.pods().inNamespace(listed.namespace()).list().getItems())
                .hasSize(4);
        assertThat(listed.history().moments()).isEmpty();
    }

    @Test
    @Order(10)
    void isInstalledAgainOverWhatItLeftAndRestartsNothing() throws Exception {
        var passes = listed.audit().passes();
        release.helm("install", release.values(listed.namespace(), "0.2.0")).succeeded();
        startOperator();
        await().atMost(PATIENCE).until(() -> listed.audit().passes() >= passes + 3);

        assertThat(listed.history().moments()).isEmpty();
        assertNothingWasForbidden();
    }

    /** As docs/installation.md says; it was refused on purpose, so this is the last test. */
    @Test
    @Order(11)
    void itsOperatorDoesNotStartWhileItMayNotReadANamespaceOfItsList() throws Exception {
        operator.terminate();
        var environment = new HashMap<>(release.environment());
        environment.merge("APIM_NAMESPACES", notListed.namespace(), "%s,%s"::formatted);
        operator = new OperatorProcess(controlPlane.operatorKubeconfig(), environment);

        assertThat(operator.awaitExit()).isEqualTo(1);
        assertThat(operator.log()).contains("cannot list resource", notListed.namespace());
    }

    private void startOperator() throws IOException {
        operator = new OperatorProcess(controlPlane.operatorKubeconfig(), release.environment()).awaitReady();
    }

    private void assertNothingWasForbidden() {
        assertThat(release.forbidden()).isEmpty();
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }
}
