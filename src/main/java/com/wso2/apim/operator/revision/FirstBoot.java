package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.CredentialsSpec;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Names;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.revision.FirstBootChanges.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps nodes on what the first boot wrote into the databases: a later change of a Secret does not reach those, and a node
 * that was given the new value could not log in to its own services, or read what is stored. It is taken over when the user
 * says, by the token of this very change, that the databases know it too; see ADR 0022.
 */
final class FirstBoot {

    private final ApiManagerClusterSpec spec;
    private final Names names;
    private final String storePassword;
    private final List<String> acknowledged;
    private final Map<String, String> admitted;
    private final List<Change> heldBack = new ArrayList<>();
    private final List<Change> taken = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private FirstBoot(Inputs inputs, Names names, String storePassword, Map<String, String> admitted) {
        this.spec = inputs.resource().getSpec();
        this.names = names;
        this.storePassword = storePassword;
        this.acknowledged = Optional.ofNullable(spec.credentials())
                .map(CredentialsSpec::acknowledged)
                .orElse(List.of());
        this.admitted = admitted;
    }

    /** Of a deployment whose store password, with which digests and tokens are keyed, is known. */
    static FirstBoot known(Inputs inputs, Names names, String storePassword) {
        var admitted = Admitted.stored(inputs, names)
                .map(Admitted::origin)
                .map(Origin::sources)
                .orElse(Map.of());
        return new FirstBoot(inputs, names, storePassword, admitted);
    }

    /** Of one whose store password is made in this very pass: nothing was digested with it. */
    static FirstBoot unknown(Inputs inputs, Names names, String storePassword) {
        return new FirstBoot(inputs, names, storePassword, Map.of());
    }

    /**
     * The value that nodes are to have.
     *
     * @param named what the Secret holds now
     * @param running what the nodes have; absent before the first boot, or if somebody deleted it
     */
    <T> T settle(FirstBootValue value, T named, Optional<T> running) {
        var now = Hash.keyed(storePassword, named);
        var before = running.map(known -> Hash.keyed(storePassword, known))
                .or(() -> Optional.ofNullable(admitted.get(value.id())));
        if (before.isEmpty() || before.get().equals(now)) {
            return named;
        }
        var secret = value.secret(spec, names);
        var token = Hash.keyed(storePassword, List.of(value.id(), before.get(), now));
        var change = new Change(value, secret, token);
        if (acknowledged.contains(token)) {
            taken.add(change);
            return named;
        }
        if (running.isEmpty()) {
            problems.add(SourceProblem.KNOWN_VALUE_GONE.at("Secret " + secret, value.words(), token));
            return named;
        }
        heldBack.add(change);
        return running.get();
    }

    /** What became of the changes. */
    FirstBootChanges changes() {
        var tokens = new ArrayList<>(acknowledged);
        taken.forEach(change -> tokens.remove(change.token()));
        return new FirstBootChanges(List.copyOf(heldBack), List.copyOf(taken), List.copyOf(tokens));
    }

    /** Changes that can neither be taken over nor held back. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
