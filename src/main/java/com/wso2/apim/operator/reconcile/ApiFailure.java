package com.wso2.apim.operator.reconcile;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import java.util.Optional;
import java.util.stream.Stream;

/** What the API server said in an exception, however deep it is wrapped. */
record ApiFailure(Exception exception) {

    private static final int INVALID = 422;

    /** Whether the server will refuse the same object again: trying on is no use until something changes. */
    boolean isRejection() {
        return answer().filter(answer -> answer.getCode() == INVALID).isPresent();
    }

    /** Whether the namespace is being deleted: nothing can be created there, and nothing needs to be. */
    boolean isNamespaceTerminating() {
        return status().stream()
                .flatMap(status -> Stream.ofNullable(status.getDetails()))
                .flatMap(details -> details.getCauses().stream())
                .map(StatusCause::getReason)
                .anyMatch("NamespaceTerminating"::equals);
    }

    /** Whether the operator was told to stop in the middle of it: nobody has refused anything. */
    boolean isInterruption() {
        return isInterruption(exception);
    }

    private static boolean isInterruption(Throwable failure) {
        if (failure instanceof AggregatedOperatorException aggregated) {
            return aggregated.getAggregatedExceptions().values().stream().anyMatch(ApiFailure::isInterruption);
        }
        return failure instanceof InterruptedException
                || failure.getCause() != null && isInterruption(failure.getCause());
    }

    /** In the server's own words, without the client's. */
    String message() {
        return status().map(Status::getMessage).orElseGet(() -> root(exception).toString());
    }

    private Optional<Status> status() {
        return answer().map(KubernetesClientException::getStatus);
    }

    private Optional<KubernetesClientException> answer() {
        return root(exception) instanceof KubernetesClientException answer ? Optional.of(answer) : Optional.empty();
    }

    private static Throwable root(Throwable failure) {
        if (failure instanceof AggregatedOperatorException aggregated) {
            return aggregated.getAggregatedExceptions().values().stream()
                    .findFirst()
                    .map(ApiFailure::root)
                    .orElse(failure);
        }
        return failure.getCause() instanceof KubernetesClientException ? root(failure.getCause()) : failure;
    }
}
