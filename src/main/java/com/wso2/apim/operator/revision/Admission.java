package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Attachment;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the deployment is to be: what the resource says, or, with a problem, what was last admitted. A problem freezes the
 * deployment; it never shrinks it.
 *
 * @param cluster the model; absent if there is a problem and nothing was admitted before
 * @param targets the revision that each tier is to run; with a problem, a tier whose stored revision is gone is absent
 * @param sources material of a new or unchanged revision; absent with a problem
 * @param mounted what the targets mount; absent with a problem
 */
public record Admission(
        Names names,
        Optional<Cluster> cluster,
        Map<Role, Revision> targets,
        Optional<Sources> sources,
        Optional<MountedSecrets> mounted,
        List<Problem> problems,
        List<String> warnings) {

    /** Admits what the resource says, unless there is a problem. */
    public static Admission of(Inputs inputs) {
        var metadata = inputs.resource().getMetadata();
        var names = new Names(metadata.getNamespace(), metadata.getName());
        var resolution = Resolver.resolve(names, inputs.resource().getSpec(), inputs.settings());
        var attachment = new Attachment(names, inputs.resource().getSpec().exposure(), inputs.gatewayApi());
        var problems = concat(resolution.problems(), attachment.problems());
        if (!problems.isEmpty()) {
            return frozen(inputs, names, problems, resolution.warnings());
        }
        var cluster = resolution.cluster().orElseThrow();
        var files = ServerFiles.of(cluster);
        var warnings = concat(concat(resolution.warnings(), attachment.warnings()), files.warnings());
        var resolved = SourcesResolver.resolve(inputs, cluster, files);
        var shape = PodShape.problems(cluster);
        if (resolved.sources().isEmpty() || !shape.isEmpty()) {
            var problems =
                    Stream.concat(shape.stream(), resolved.problems().stream()).toList();
            return frozen(inputs, names, problems, warnings);
        }
        var sources = resolved.sources().get();
        var mounted = MountedSecrets.of(inputs, names, sources);
        var targets = new EnumMap<Role, Revision>(Role.class);
        for (var role : Role.values()) {
            targets.put(role, Revision.of(cluster, role, files.of(role), mounted.environment(), mounted.stores()));
        }
        return new Admission(
                names, Optional.of(cluster), targets, Optional.of(sources), Optional.of(mounted), List.of(), warnings);
    }

    /** The same pass, frozen by problems that were found after this admission. */
    public Admission frozenBy(List<Problem> found, Inputs inputs) {
        return frozen(inputs, names, concat(problems, found), warnings);
    }

    /** Whether a problem keeps everything as it is. */
    public boolean isFrozen() {
        return !problems.isEmpty();
    }

    /** Certificate of the authority that the nodes' certificates are issued by; with a problem, as it is kept. */
    public Optional<String> authority(Inputs inputs) {
        return sources.map(found -> found.keys().authority().certificates())
                .or(() -> KeysResolver.authority(inputs, names));
    }

    private static Admission frozen(Inputs inputs, Names names, List<Problem> problems, List<String> warnings) {
        var admitted = Admitted.stored(inputs, names);
        var targets = new EnumMap<Role, Revision>(Role.class);
        admitted.ifPresent(last -> {
            for (var role : Role.values()) {
                last.revision(inputs, role).ifPresent(revision -> targets.put(role, revision));
            }
        });
        return new Admission(
                names,
                admitted.flatMap(last ->
                        Resolver.resolve(names, last.spec(), inputs.settings()).cluster()),
                targets,
                Optional.empty(),
                Optional.empty(),
                List.copyOf(problems),
                warnings);
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
