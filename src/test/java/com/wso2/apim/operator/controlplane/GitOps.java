package com.wso2.apim.operator.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What GitOps tools themselves say. */
final class GitOps {

    static final Path ARGO_CD = Path.of("deploy", "argocd");
    static final Path FLUX = Path.of("deploy", "flux");

    private static final String SCRIPT = "hack/gitops/gitops.sh";

    private GitOps() {}

    /** What the kstatus library and Argo CD's health check make of an object. */
    record Verdict(String kstatus, String kstatusMessage, String argocd, String argocdMessage) {

        /** Both, without their messages. */
        String both() {
            return kstatus + ", " + argocd;
        }
    }

    /** Judges objects, given as JSON, in their order. */
    static List<Verdict> judge(List<String> objects) throws IOException {
        var input = Files.createTempFile(Path.of("target"), "objects", ".json");
        Files.write(input, objects);
        var lines = run(
                Redirect.from(input.toFile()),
                "verdicts",
                "-argocd-cm",
                ARGO_CD.resolve("argocd-cm.yaml").toString());
        var verdicts = new ArrayList<Verdict>();
        for (var line : lines) {
            verdicts.add(new ObjectMapper().readValue(line, Verdict.class));
        }
        return verdicts;
    }

    /** Directories of modules that hold the CRDs of Argo CD, Flux and External Secrets. */
    static List<Path> modulesWithCrds() throws IOException {
        return run(Redirect.PIPE, "crds").stream().map(Path::of).toList();
    }

    private static List<String> run(Redirect input, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(SCRIPT));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectError(Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            var lines = output.lines().toList();
            if (process.onExit().join().exitValue() != 0) {
                throw new AssertionError(command + " failed");
            }
            return lines;
        }
    }
}
