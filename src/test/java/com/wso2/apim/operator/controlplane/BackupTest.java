package com.wso2.apim.operator.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/backup.md}, as they stand there but for the names, run by kubectl. */
@OnControlPlane
class BackupTest {

    private static final Path PAGE = Path.of("docs", "backup.md");
    private static final List<String> RETAINED = List.of("apim-admin", "apim-ca", "apim-keys");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path directory;

    private ControlPlane controlPlane;
    private Deployment deployment;

    @BeforeEach
    void run(ControlPlane controlPlane, Deployment deployment) throws IOException {
        this.controlPlane = controlPlane;
        this.deployment = deployment;
        deployment.run("minimal");
        write("apim-db.yaml", "secrets.yaml");
        write("apim.yaml", "cr.yaml");
    }

    @Test
    void bringsTheSameKeysBackIntoANamespaceThatWasLost() throws IOException {
        var before = retained();
        commands("Back up");

        deployment.loseNamespace();
        await().atMost(PATIENCE)
                .until(() -> deployment.names().stream().noneMatch(name -> name.startsWith("Secret/apim")));
        commands("Restore");

        deployment.awaitReady();
        assertThat(retained()).isEqualTo(before);
        assertThat(deployment.resource().getStatus().adopted()).isEqualTo(RETAINED);
        deployment.awaitQuiet();
        assertThat(deployment.secret("apim-ca").getMetadata().getLabels())
                .containsEntry("apim.wso2.com/cluster", "apim");
    }

    @Test
    void leavesNothingOnceItIsRemovedForGood() throws IOException {
        deployment.client().resource(deployment.resource()).delete();
        deployment.awaitGone("StatefulSet/apim-aio");
        assertThat(retained()).hasSize(RETAINED.size());

        commands("Remove for good");

        assertThat(deployment.names())
                .filteredOn(name -> name.contains("/apim"))
                .containsExactly("Secret/apim-db");
    }

    @Test
    void movesTheKeysToAResourceOfAnotherName() throws IOException {
        var before = retained();
        commands("Back up");
        deployment.client().resource(deployment.resource()).delete();
        deployment.awaitGone("StatefulSet/apim-aio");
        commands("Move to another name or namespace");
        for (var object : deployment.load("minimal", "cr.yaml")) {
            object.getMetadata().setName("gateway");
            deployment.create(object);
        }

        var moved = deployment.client().resources(ApiManagerCluster.class).inNamespace(deployment.namespace());
        await().atMost(PATIENCE).until(() -> moved.withName("gateway").get().getStatus().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True")));
        for (var key : List.of("primary.key", "primary.crt", "internal.key", "internal.crt", "store-password")) {
            assertThat(deployment.secret("gateway-keys").getData())
                    .containsEntry(key, before.get("apim-keys").get(key));
        }
        assertThat(deployment.secret("gateway-ca").getData()).isEqualTo(before.get("apim-ca"));
        assertThat(deployment.secret("gateway-admin").getData()).isEqualTo(before.get("apim-admin"));
    }

    @Test
    void tellsWhatGoesWithTheResource() throws IOException {
        assertThat(commands("What a deletion keeps"))
                .containsPattern("apim-admin +<none>")
                .containsPattern("apim-keys +<none>");

        deployment.patch("{\"spec\": {\"retention\": \"Delete\"}}");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(commands("What a deletion keeps"))
                .containsPattern("apim-admin +apim")
                .containsPattern("apim-keys +apim"));
    }

    private Map<String, Map<String, String>> retained() {
        return deployment.client().secrets().inNamespace(deployment.namespace()).list().getItems().stream()
                .filter(secret -> RETAINED.contains(secret.getMetadata().getName()))
                .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Secret::getData));
    }

    private void write(String file, String example) throws IOException {
        var text = new StringBuilder();
        for (var object : deployment.load("minimal", example)) {
            text.append("---\n").append(Serialization.asYaml(object));
        }
        Files.writeString(directory.resolve(file), text);
    }

    /** Runs what a section of the page says, and returns what it prints. */
    private String commands(String section) throws IOException {
        var script = new DocumentedCommands(PAGE, deployment)
                .of(section)
                .replace("-n prod", "-n " + deployment.namespace())
                .replace("owner: wso2/", "owner: " + deployment.namespace() + "/")
                .replace("owner: prod/", "owner: " + deployment.namespace() + "/")
                // Creations are dated in whole seconds; what comes in one with the resource is not told as adopted.
                .replace("kubectl apply", "sleep 1.1\nkubectl apply");
        return controlPlane.shell(directory, script);
    }
}
