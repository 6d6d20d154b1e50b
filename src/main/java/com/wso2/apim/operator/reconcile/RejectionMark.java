package com.wso2.apim.operator.reconcile;

import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.rollout.Failure;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Marks a revision as rejected: once, and not as a part of what is applied in every pass, which would put the mark back that
 * somebody takes away at the same moment.
 */
final class RejectionMark {

    private static final String MANAGER = Names.OPERATOR + "-rejection";

    private RejectionMark() {}

    static void write(String namespace, Failure failure, KubernetesClient client) {
        var mark = new ConfigMapBuilder()
                .withNewMetadata()
                .addToAnnotations(Names.REJECTED_ANNOTATION, failure.words())
                .endMetadata()
                .build();
        client.configMaps()
                .inNamespace(namespace)
                .withName(failure.revision())
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(MANAGER)
                                .build(),
                        Serialization.asJson(mark));
    }
}
