package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.CredentialsReference;
import com.wso2.apim.operator.api.v1alpha1.EnvironmentVariable;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Problem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads referenced credentials and names what is missing or cannot be carried; no message holds a value. */
final class CredentialsResolver {

    /** User names and passwords of the administrator go through XML, AMQP URLs and a template language unescaped. */
    private static final Pattern ADMIN = Pattern.compile("[A-Za-z0-9._~-]");

    private static final Pattern ADMIN_USERNAME_LENGTH = Pattern.compile(".{3,30}", Pattern.DOTALL);
    private static final Pattern ADMIN_PASSWORD_LENGTH = Pattern.compile(".{5,30}", Pattern.DOTALL);

    /** Braces may start a template. */
    private static final Pattern DATABASE = Pattern.compile("[^{}\\p{Cntrl}]");

    /** The mapper of older versions aborts on a dollar sign and drops a backslash. */
    private static final Pattern DATABASE_BEFORE = Pattern.compile("[^$\\\\{}\\p{Cntrl}]");

    private static final Pattern ENCRYPTION_KEY = Pattern.compile("[0-9a-fA-F]{64}");

    private final Inputs inputs;
    private final ApiManagerClusterSpec spec;
    private final List<Problem> problems = new ArrayList<>();

    CredentialsResolver(Inputs inputs) {
        this.inputs = inputs;
        this.spec = inputs.resource().getSpec();
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    Credentials apimDatabase() {
        return database("apim", spec.database().apim().credentialsSecretRef());
    }

    Credentials sharedDatabase() {
        return database("shared", spec.database().shared().credentialsSecretRef());
    }

    /** The administrator that the user names, if any. */
    Optional<Credentials> admin() {
        return Optional.ofNullable(spec.admin()).map(admin -> {
            var field = "spec.admin.secretRef";
            var secret = admin.secretRef().name();
            var found = credentials(field, secret, "username", "password");
            var username = found.username();
            var password = found.password();
            check(field, secret, "username", username, ADMIN, ADMIN_USERNAME_LENGTH, "3 to 30 characters");
            check(field, secret, "password", password, ADMIN, ADMIN_PASSWORD_LENGTH, "5 to 30 characters");
            return found;
        });
    }

    /** The key of stored secrets that the user names, if any. */
    Optional<String> encryptionKey() {
        return Optional.ofNullable(spec.encryption()).map(encryption -> {
            var field = "spec.encryption.secretRef";
            var secret = encryption.secretRef().name();
            var key = value(field, secret, "key");
            if (inputs.secretValue(secret, "key").isPresent()
                    && !ENCRYPTION_KEY.matcher(key).matches()) {
                problem(SourceProblem.NO_ENCRYPTION_KEY, field, secret);
            }
            return key;
        });
    }

    /** Objects that environment variables of the tiers refer to. */
    void environment() {
        environment("spec.allInOne.env", spec.allInOne().env());
        environment("spec.trafficManager.env", spec.trafficManager().env());
    }

    private Credentials database(String name, CredentialsReference reference) {
        var field = "spec.database." + name + ".credentialsSecretRef";
        var characters = Dialect.of(spec.version()).takesDollarAndBackslash() ? DATABASE : DATABASE_BEFORE;
        var any = Pattern.compile(".+", Pattern.DOTALL);
        var found = credentials(field, reference.name(), reference.usernameKey(), reference.passwordKey());
        check(
                field,
                reference.name(),
                reference.usernameKey(),
                found.username(),
                characters,
                any,
                "one character or more");
        check(
                field,
                reference.name(),
                reference.passwordKey(),
                found.password(),
                characters,
                any,
                "one character or more");
        return found;
    }

    /** Both values, empty where there is a problem; a Secret that is not there at all is one problem, not two. */
    private Credentials credentials(String field, String secret, String usernameKey, String passwordKey) {
        if (inputs.secret(secret).isEmpty()) {
            problem(SourceProblem.NO_CREDENTIALS, field, secret, usernameKey, passwordKey);
            return new Credentials("", "");
        }
        return new Credentials(value(field, secret, usernameKey), value(field, secret, passwordKey));
    }

    private void environment(String field, List<EnvironmentVariable> variables) {
        Stream.ofNullable(variables).flatMap(List::stream).forEach(variable -> {
            var source = Optional.ofNullable(variable.valueFrom());
            var path = field + "[" + variable.name() + "].valueFrom";
            source.map(EnvironmentVariable.Source::secretKeyRef)
                    .ifPresent(ref -> value(path + ".secretKeyRef", ref.name(), ref.key()));
            source.map(EnvironmentVariable.Source::configMapKeyRef)
                    .filter(ref -> !hasConfigMapKey(ref))
                    .ifPresent(ref -> problem(
                            SourceProblem.NO_KEY_IN_CONFIG_MAP, path + ".configMapKeyRef", ref.name(), ref.key()));
        });
    }

    private boolean hasConfigMapKey(EnvironmentVariable.Key ref) {
        return Optional.ofNullable(inputs.configMaps().get(ref.name()))
                .map(ConfigMap::getData)
                .filter(data -> data.containsKey(ref.key()))
                .isPresent();
    }

    /** The value of a key, or an empty text and a problem. */
    private String value(String field, String secret, String key) {
        if (inputs.secret(secret).isEmpty()) {
            problem(SourceProblem.NO_SECRET, field, secret, key);
            return "";
        }
        return inputs.secretValue(secret, key).orElseGet(() -> {
            problem(SourceProblem.NO_KEY_IN_SECRET, field, secret, key);
            return "";
        });
    }

    private void problem(SourceProblem kind, String field, Object... words) {
        problems.add(kind.at(field, words));
    }

    private void check(
            String field, String secret, String key, String value, Pattern character, Pattern length, String wanted) {
        if (inputs.secretValue(secret, key).isEmpty()) {
            return;
        }
        if (!length.matcher(value).matches()) {
            problem(SourceProblem.LENGTH, field, key, secret, wanted);
        }
        value.codePoints()
                .mapToObj(Character::toString)
                .filter(c -> !character.matcher(c).matches())
                .findFirst()
                .ifPresent(c -> problem(SourceProblem.CHARACTER, field, key, secret, name(c), spec.version()));
    }

    private static String name(String character) {
        return switch (character) {
            case "\n" -> "a line break at its end or inside";
            case " " -> "a space";
            default ->
                Character.isISOControl(character.codePointAt(0))
                        ? "the control character U+%04X".formatted(character.codePointAt(0))
                        : "the character " + character;
        };
    }
}
