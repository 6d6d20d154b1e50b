package com.wso2.apim.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiFailureTest {

    static Stream<Exception> interruptions() {
        var inRequest = (Exception) new InterruptedIOException().initCause(new InterruptedException());
        return Stream.of(
                new OperatorException(new InterruptedException()),
                new KubernetesClientException("GET", inRequest),
                new AggregatedOperatorException(
                        "workflow", Map.of("secret", new KubernetesClientException("PATCH", inRequest))));
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void knowsAnInterruptionHoweverDeepItIsWrapped(Exception interruption) {
        assertThat(new ApiFailure(interruption).isInterruption()).isTrue();
    }

    static Stream<Exception> failures() {
        return Stream.of(
                new IllegalStateException(),
                new KubernetesClientException("GET", new SocketTimeoutException()),
                new AggregatedOperatorException("workflow", Map.of("secret", new KubernetesClientException("PATCH"))));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void takesNothingElseForOne(Exception failure) {
        assertThat(new ApiFailure(failure).isInterruption()).isFalse();
    }
}
