package com.wso2.apim.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.wso2.apim.operator.inputs.GatewayApi;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.support.Installation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a pod that does not get Ready, kind of failure by kind of failure. */
class PodCauseTest {

    private static final String SCHEDULED = "{type: PodScheduled, status: 'True'}";
    private static final Secret SECRET = new SecretBuilder()
            .withNewMetadata()
            .withName("apim-env-1")
            .endMetadata()
            .withData(Map.of("PASSWORD", "cyZlY3JldA=="))
            .build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            waiting: {reason: ErrImagePull, message: 'manifest unknown'} | container wso2am: ImagePullBackOff: image i:1 cannot be pulled: manifest unknown
            waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image "i:1": ErrImagePull: manifest unknown'} | container wso2am: ImagePullBackOff: image i:1 cannot be pulled: manifest unknown
            waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image "i:1"'} | container wso2am: ImagePullBackOff: image i:1 cannot be pulled
            waiting: {reason: InvalidImageName} | container wso2am: InvalidImageName
            waiting: {reason: CreateContainerConfigError, message: 'secret "x" not found'} | container wso2am: CreateContainerConfigError: secret "x" not found
            waiting: {} | containers have not started
            waiting: {reason: ContainerCreating} | container wso2am is not created: the pod's volumes and network are not set up
            terminated: {exitCode: 1, reason: Error} | container wso2am ended with exit code 1 (Error)
            terminated: {exitCode: 1, reason: Error, message: "first\\nlast line\\n"} | container wso2am ended with exit code 1 (Error): last line
            terminated: {exitCode: 137, reason: OOMKilled} | container wso2am ended with exit code 137 (OOMKilled)
            terminated: {exitCode: 143, reason: Error} | container wso2am ended with exit code 143 (Error), which is also that of a container whose probe failed
            running: {startedAt: '2026-01-01T00:00:00Z'} | container wso2am runs, and its start-up probe does not succeed
            """)
    void tellsWhatItsContainerSays(String state, String words) {
        var cause = cause("""
                conditions: [%s, {type: Ready, status: 'False', message: 'containers have not started'}]
                containerStatuses: [{name: wso2am, image: 'i:1', ready: false, started: false, state: {%s}}]
                """.formatted(SCHEDULED, state));

        assertThat(cause.words()).isEqualTo(words);
        assertThat(cause.isOfTheCluster()).isFalse();
    }

    /** A container that crashes is in turn running, ended, and waiting to be run again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "running: {startedAt: '2026-01-01T00:00:00Z'}",
                "waiting: {reason: CrashLoopBackOff, message: 'back-off 40s restarting failed container'}"
            })
    void saysTheSameOfACrashInEachOfItsStates(String state) {
        var cause = cause("""
                conditions: [%s]
                containerStatuses:
                  - name: wso2am
                    ready: false
                    state: {%s}
                    lastState: {terminated: {exitCode: 1, reason: Error, message: no database}}
                """.formatted(SCHEDULED, state));

        assertThat(cause.words()).isEqualTo("container wso2am ended with exit code 1 (Error): no database");
    }

    @Test
    void namesAnInitContainerFirst() {
        var cause = cause("""
                conditions: [%s]
                initContainerStatuses:
                  - {name: jdbc-driver, ready: false, state: {terminated: {exitCode: 2, reason: Error}}}
                containerStatuses:
                  - {name: wso2am, ready: false, state: {waiting: {reason: PodInitializing}}}
                """.formatted(SCHEDULED));

        assertThat(cause.words()).isEqualTo("container jdbc-driver ended with exit code 2 (Error)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            False | container jdbc-driver is not created: the pod's volumes and network are not set up
            True  | container jdbc-driver is not created: image i:1 is still being pulled
            """)
    void tellsWhatAContainerWaitsForThatIsNotCreated(String isReadyToStartContainers, String words) {
        var cause = cause("""
                conditions: [%s, {type: PodReadyToStartContainers, status: '%s'}]
                initContainerStatuses: [{name: jdbc-driver, image: 'i:1', state: {waiting: {reason: PodInitializing}}}]
                containerStatuses: [{name: wso2am, image: 'i:2', state: {waiting: {reason: PodInitializing}}}]
                """.formatted(SCHEDULED, isReadyToStartContainers));

        assertThat(cause.words()).isEqualTo(words);
        assertThat(cause.isOfTheCluster()).isFalse();
    }

    @Test
    void passesOverInitContainersThatAreDone() {
        var cause = cause("""
                conditions: [%s]
                initContainerStatuses:
                  - {name: jdbc-driver, ready: true, state: {terminated: {exitCode: 0, reason: Completed}}}
                containerStatuses:
                  - {name: wso2am, ready: false, started: true, state: {running: {}}}
                """.formatted(SCHEDULED));

        assertThat(cause.words()).isEqualTo("container wso2am runs, and its readiness probe does not succeed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            conditions: [{type: PodScheduled, status: 'False', message: '0/3 nodes are available'}] | it was not scheduled: 0/3 nodes are available
            conditions: [] | it was not scheduled
            conditions: [{type: PodScheduled, status: 'True'}, {type: DisruptionTarget, status: 'True', message: drained}] | it is being evicted: drained
            {phase: Failed, reason: Evicted, conditions: [{type: PodScheduled, status: 'True'}]} | it ended: Evicted
            {conditions: [{type: PodScheduled, status: 'True'}, {type: Ready, status: 'False'}], containerStatuses: [{name: wso2am, ready: true}]} | all its containers are ready, and its Kubernetes node does not answer
            """)
    void knowsWhatLiesWithTheCluster(String status, String words) {
        var cause = cause(status);

        assertThat(cause.words()).isEqualTo(words);
        assertThat(cause.isOfTheCluster()).isTrue();
    }

    @Test
    void takesAReadinessGateForThePodsOwn() {
        var cause = cause("""
                conditions:
                  - %s
                  - {type: Ready, status: 'False', reason: ReadinessGatesNotReady, message: 'gate of a balancer'}
                containerStatuses: [{name: wso2am, ready: true, started: true, state: {running: {}}}]
                """.formatted(SCHEDULED));

        assertThat(cause).isEqualTo(new PodCause.Cause("gate of a balancer", false));
    }

    @Test
    void neverShowsAValueOfASecret() {
        assertThat(said("login failed with s&ecret")).isEqualTo("login failed with ***");
        assertThat(said("s&ecret\nand then it stopped")).isEqualTo("and then it stopped");
        assertThat(said("x".repeat(995) + "s&ecr")).doesNotContain("s&ecr");
        assertThat(said("x".repeat(990) + "s&ecret")).doesNotContain("s&ec").hasSizeLessThan(250);
        assertThat(said("y".repeat(238) + "s&ecret")).doesNotContain("s&");
    }

    private static String said(String message) {
        var pod = pod("conditions: [" + SCHEDULED + "]\ncontainerStatuses:\n"
                + "  - {name: wso2am, ready: false, state: {terminated: {exitCode: 1}}}");
        pod.getStatus().getContainerStatuses().get(0).getState().getTerminated().setMessage(message);
        return new PodCause(pod, blackout()).cause().words().replace("container wso2am ended with exit code 1: ", "");
    }

    private static PodCause.Cause cause(String status) {
        return new PodCause(pod(status), blackout()).cause();
    }

    private static Pod pod(String status) {
        var pod = new Pod();
        pod.setStatus(Serialization.unmarshal("# Not JSON.\n" + status, PodStatus.class));
        return pod;
    }

    private static Blackout blackout() {
        return new Blackout(new Inputs(
                Configuration.RESOURCE,
                Installation.SETTINGS,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(SECRET),
                List.of(),
                GatewayApi.ABSENT,
                false,
                Instant.EPOCH,
                new SecureRandom()));
    }
}
