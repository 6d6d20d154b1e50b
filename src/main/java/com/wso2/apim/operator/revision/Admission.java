package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Attachment;
import com.wso2.apim.operator.model.Cluster;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Operation;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Resolver;
import com.wso2.apim.operator.model.Role;
import com.wso2.apim.operator.model.SameDatabase;
import com.wso2.apim.operator.revision.KeysResolver.TlsCertificate;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the deployment is to be: what the resource says, or, with a problem, what was last admitted. A problem freezes the
 * deployment; it never shrinks it.
 *
 * @param asked the model of what the resource says, admitted or not; absent with a mistake in it
 * @param cluster the model; absent if there is a problem and nothing was admitted before
 * @param targets the revision that each tier is to run; with a problem, a tier whose stored revision is gone is absent
 * @param rejection why that is not what the resource asks for; absent if it is
 * @param sources material of a new or unchanged revision; absent with a problem
 * @param mounted content of the Secrets that the targets mount, by name and key; empty with a problem
 * @param origin what the targets are admitted for; absent with a problem
 * @param update in which this operator would render other nodes than the targets, in words; empty if it would not
 */
public record Admission(
        Names names,
        Optional<Cluster> asked,
        Optional<Cluster> cluster,
        Map<Role, Revision> targets,
        Optional<Rejection> rejection,
        Optional<Sources> sources,
        Map<String, Map<String, String>> mounted,
        Optional<Origin> origin,
        List<String> update,
        List<Problem> problems,
        List<String> warnings) {

    /** Admits what the resource says, unless there is a problem. */
    public static Admission of(Inputs inputs) {
        var metadata = inputs.resource().getMetadata();
        var names = new Names(metadata.getNamespace(), metadata.getName());
        var resolution = Resolver.resolve(names, inputs.resource().getSpec(), inputs.settings());
        var attachment = new Attachment(names, inputs.resource().getSpec().exposure(), inputs.gatewayApi());
        var same = new SameDatabase(inputs.settings().clusterDomain()).warnings(inputs.resource(), inputs.others());
        var problems = Stream.of(resolution.problems(), attachment.problems(), Standstill.problems(inputs, names))
                .flatMap(List::stream)
                .toList();
        if (!problems.isEmpty()) {
            return frozen(inputs, names, Optional.empty(), problems, concat(resolution.warnings(), same));
        }
        var cluster = resolution.cluster().orElseThrow();
        var files = ServerFiles.of(cluster);
        var warnings = Stream.of(resolution.warnings(), same, attachment.warnings(), files.warnings())
                .flatMap(List::stream)
                .toList();
        var shape = PodShape.problems(cluster);
        var holding = Admitted.stored(inputs, names)
                .map(last -> new Holding(inputs, last))
                .filter(Holding::isPossible)
                // Nodes that all start anew start on what this operator renders.
                .filter(possible -> !Standstill.isReached(inputs, names));
        if (holding.isPresent()) {
            // A certificate is not issued anew before it is known that the nodes will be restarted.
            var kept = SourcesResolver.resolve(inputs, cluster, files, TlsCertificate.AS_IT_IS);
            if (kept.sources().isEmpty() || !shape.isEmpty()) {
                return frozen(inputs, names, resolution.cluster(), concat(shape, kept.problems()), warnings);
            }
            var rendering = Rendering.of(inputs, cluster, files, kept.sources().get());
            var held = holding.get().held(rendering);
            if (held.isPresent()) {
                return admitted(inputs, cluster, held.get(), rendering, warnings);
            }
        }
        var resolved = SourcesResolver.resolve(inputs, cluster, files, TlsCertificate.ANEW);
        return resolved.sources()
                .filter(sources -> shape.isEmpty())
                .map(sources -> Rendering.of(inputs, cluster, files, sources))
                .map(rendering -> admitted(inputs, cluster, rendering.revisions(), rendering, warnings))
                .orElseGet(() ->
                        frozen(inputs, names, resolution.cluster(), concat(shape, resolved.problems()), warnings));
    }

    /** The same pass, frozen by problems that were found after this admission. */
    public Admission frozenBy(List<Problem> found, Inputs inputs) {
        return frozen(inputs, names, asked, concat(problems, found), warnings);
    }

    /** Whether a problem keeps everything as it is. */
    public boolean isFrozen() {
        return !problems.isEmpty();
    }

    /** The revision that the resource asks for, by role, rejected or not. */
    public Map<Role, Revision> wanted() {
        return rejection.map(Rejection::asked).orElse(targets);
    }

    /** The model of what nodes are to run: rolled back, without those that there were none of at that time. */
    public Optional<Cluster> running() {
        return cluster.map(model -> rejection
                .map(Rejection::good)
                .map(good -> model.withAtMost(
                        good.get(Role.ALL_IN_ONE).nodes(),
                        good.get(Role.TRAFFIC_MANAGER).nodes()))
                .orElse(model));
    }

    /** Certificates by which to know the nodes; with a problem, as those trust each other by them. */
    public Optional<String> authority(Inputs inputs) {
        return sources.map(found -> found.keys().authorities())
                .or(() -> Optional.of(List.copyOf(Running.of(inputs, names)
                        .trusted(KeyStoreFile.AUTHORITY_ALIAS)
                        .values())))
                .filter(certificates -> !certificates.isEmpty())
                .map(certificates -> String.join("", certificates));
    }

    private static Admission admitted(
            Inputs inputs, Cluster cluster, Map<Role, Revision> wanted, Rendering rendering, List<String> warnings) {
        var rejection = Rejection.of(inputs, cluster.names(), wanted);
        return new Admission(
                cluster.names(),
                Optional.of(cluster),
                Optional.of(cluster),
                rejection.map(Rejection::good).orElse(wanted),
                rejection,
                Optional.of(rendering.sources()),
                rendering.mounted().data(inputs, wanted.values()),
                Optional.of(rendering.origin()),
                Difference.between(wanted, rendering.revisions()),
                List.of(),
                concat(warnings, unmatched(rendering.sources())));
    }

    private static Admission frozen(
            Inputs inputs, Names names, Optional<Cluster> asked, List<Problem> problems, List<String> warnings) {
        var admitted = Admitted.stored(inputs, names);
        var wanted = new EnumMap<Role, Revision>(Role.class);
        admitted.ifPresent(last -> {
            for (var role : Role.values()) {
                last.revision(inputs, role).ifPresent(revision -> wanted.put(role, revision));
            }
        });
        var rejection = Rejection.of(inputs, names, wanted);
        return new Admission(
                names,
                asked,
                admitted.flatMap(Admitted::spec)
                        .flatMap(spec ->
                                Resolver.resolve(names, spec, inputs.settings()).cluster())
                        // Nodes are stopped whatever the problem is: the user says so, and may have to.
                        .map(cluster ->
                                Operation.of(inputs.resource().getSpec()).suspended() ? cluster.stopped() : cluster),
                rejection.map(Rejection::good).orElse(wanted),
                rejection,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.copyOf(problems),
                warnings);
    }

    private static List<String> unmatched(Sources sources) {
        return sources.changes().unmatched().stream()
                .map(token ->
                        "spec.credentials.acknowledged: %s stands for no change that waits: remove it".formatted(token))
                .toList();
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
