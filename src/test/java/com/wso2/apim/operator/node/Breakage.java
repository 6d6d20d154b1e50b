package com.wso2.apim.operator.node;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** One thing of a Traffic Manager's pod that is made wrong on purpose, and by what words the stand-in gives it away. */
enum Breakage {
    MOUNT_PATH("keystore.primary.type doesn't exist") {
        @Override
        void of(PodSpec pod, KubernetesClient client, String namespace) {
            pod.getContainers().get(0).getVolumeMounts().stream()
                    .filter(mount -> mount.getMountPath().endsWith("/conf/deployment.toml"))
                    .forEach(mount -> mount.setMountPath(mount.getMountPath().replace("/conf/", "/config/")));
        }
    },
    FILE_MODE("Permission denied") {
        @Override
        void of(PodSpec pod, KubernetesClient client, String namespace) {
            // With a group of its own a kubelet makes every file of a volume readable for it.
            pod.getSecurityContext().setFsGroup(null);
            pod.getVolumes().stream()
                    .filter(volume -> volume.getName().equals("stores"))
                    .forEach(volume -> volume.getSecret().setDefaultMode(0400));
        }
    },
    NAME_OF_THE_CERTIFICATE("No subject alternative DNS name matching another-name.wso2.svc.cluster.local found") {
        @Override
        void of(PodSpec pod, KubernetesClient client, String namespace) {
            var service = client.services()
                    .inNamespace(namespace)
                    .withName("apim-aio")
                    .get();
            client.resource(new ServiceBuilder()
                            .withNewMetadata()
                            .withName("another-name")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withNewSpec()
                            .withSelector(service.getSpec().getSelector())
                            .addNewPort()
                            .withPort(9443)
                            .endPort()
                            .endSpec()
                            .build())
                    .serverSideApply();
            useFiles(pod, client, namespace, text -> text.replace("://apim-aio.wso2", "://another-name.wso2"));
        }
    },
    PORT("Connection refused") {
        @Override
        void of(PodSpec pod, KubernetesClient client, String namespace) {
            useFiles(pod, client, namespace, text -> text.replace("cluster.local:5672", "cluster.local:5671"));
        }
    },
    VARIABLE("Environment variable WSO2_TLS_KEYSTORE_PASSWORD not defined in system") {
        @Override
        void of(PodSpec pod, KubernetesClient client, String namespace) {
            var reference = pod.getContainers().get(0).getEnvFrom().get(0).getSecretRef();
            var secret = client.secrets()
                    .inNamespace(namespace)
                    .withName(reference.getName())
                    .get();
            var data = new HashMap<>(secret.getData());
            data.put("WSO2_TLS_STORE_PASSWORD", data.remove("WSO2_TLS_KEYSTORE_PASSWORD"));
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("broken-variable")
                            .withNamespace(namespace)
                            .endMetadata()
                            .withData(data)
                            .build())
                    .serverSideApply();
            reference.setName("broken-variable");
        }
    };

    private final String words;

    Breakage(String words) {
        this.words = words;
    }

    /** What the pod's log says. */
    String words() {
        return words;
    }

    abstract void of(PodSpec pod, KubernetesClient client, String namespace);

    /** Lets the pod read other files; the operator's own ConfigMap cannot be changed. */
    void useFiles(PodSpec pod, KubernetesClient client, String namespace, UnaryOperator<String> change) {
        var name = "broken-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        var source = pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals("configuration"))
                .findFirst()
                .orElseThrow()
                .getConfigMap();
        var files = client.configMaps()
                .inNamespace(namespace)
                .withName(source.getName())
                .get()
                .getData();
        var changed = files.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> change.apply(file.getValue())));
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(changed)
                        .build())
                .serverSideApply();
        source.setName(name);
    }
}
