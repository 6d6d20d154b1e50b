package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;
import com.wso2.apim.operator.pki.Flaw;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be wrong with key material in Secrets and ConfigMaps of the user's.
 *
 * @param flaw the flaw, which key material can have wherever it comes from
 */
public record KeyProblem(Flaw flaw) implements Problem.Kind {

    /** All of them. */
    public static List<KeyProblem> values() {
        return Stream.of(Flaw.values()).map(KeyProblem::new).toList();
    }

    /** The problem that a key of an object has a flaw. */
    static Problem of(String field, Held held, Flaw.Found found) {
        var words = Stream.concat(Stream.of(held.key(), held.object()), found.words().stream());
        return new KeyProblem(found.flaw()).at(field, words.toArray());
    }

    /**
     * Where something is found.
     *
     * @param object as people call it: Secret 'name'
     */
    record Held(String key, String object) {

        static Held inSecret(String name, String key) {
            return new Held(key, "Secret '%s'".formatted(name));
        }

        static Held inConfigMap(String name, String key) {
            return new Held(key, "ConfigMap '%s'".formatted(name));
        }

        @Override
        public String toString() {
            return "key '%s' of %s".formatted(key, object);
        }
    }

    @Override
    public Concern concern() {
        return Concern.CERTIFICATE;
    }

    @Override
    public String where() {
        return "spec.keystores.<store>.secret, spec.truststore.additionalCAs[<name>]";
    }

    @Override
    public String wording() {
        return "key '<key of it>' of <object>: " + flaw.wording();
    }

    @Override
    public String toString() {
        return flaw.name();
    }
}
