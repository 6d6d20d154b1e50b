package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.api.v1alpha1.ApiManagerClusterSpec;
import com.wso2.apim.operator.api.v1alpha1.CredentialsReference;
import com.wso2.apim.operator.api.v1alpha1.Encryption;
import com.wso2.apim.operator.inputs.Inputs;
import com.wso2.apim.operator.model.Dialect;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.toml.AdministratorName;
import com.wso2.apim.operator.toml.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads referenced credentials and names what is missing or cannot be carried; no message holds a value. */
final class CredentialsResolver {

    private static final Pattern ADMIN_USERNAME_LENGTH = Pattern.compile(".{3,30}", Pattern.DOTALL);
    private static final Pattern ADMIN_PASSWORD_LENGTH = Pattern.compile(".{5,30}", Pattern.DOTALL);
    private static final Pattern ANY_LENGTH = Pattern.compile(".+", Pattern.DOTALL);

    /** Hexadecimal digits. */
    static final int ENCRYPTION_KEY_LENGTH = 64;

    private static final String USERNAME = "username";
    private static final String PASSWORD = "password";

    private final Inputs inputs;
    private final ServerFiles files;
    private final ApiManagerClusterSpec spec;
    private final List<Problem> problems = new ArrayList<>();

    /** A value, and where it comes from. */
    private record Held(String field, String secret, String key, String value) {}

    /**
     * A reader of what a deployment is given.
     *
     * @param files what the servers will read
     */
    CredentialsResolver(Inputs inputs, ServerFiles files) {
        this.inputs = inputs;
        this.files = files;
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
        return Optional.ofNullable(spec.admin())
                .map(admin -> admin("spec.admin.secretRef", admin.secretRef().name()));
    }

    /** Looks at the administrator that was generated: somebody may have edited the Secret. */
    void checkGenerated(String secret) {
        if (inputs.secretValue(secret, USERNAME).isPresent()
                && inputs.secretValue(secret, PASSWORD).isPresent()) {
            admin("Secret " + secret, secret);
        }
    }

    private Credentials admin(String field, String secret) {
        var found = credentials(field, secret, USERNAME, PASSWORD);
        var username = new Held(field, secret, USERNAME, found.username());
        var password = new Held(field, secret, PASSWORD, found.password());
        check(username, Obstacle::toAdministratorsName, ADMIN_USERNAME_LENGTH, "3 to 30 characters");
        check(
                password,
                value -> Obstacle.toAdministratorsPassword(value, Dialect.of(spec.version())),
                ADMIN_PASSWORD_LENGTH,
                "5 to 30 characters");
        if (new AdministratorName(found.username()).isEmail() && !files.mayNameUsersByEmail()) {
            problem(SourceProblem.EMAIL_NAME, field, secret);
        }
        return found;
    }

    /** The key of stored secrets that the user names, if any. */
    Optional<String> encryptionKey() {
        return Optional.ofNullable(spec.encryption()).map(Encryption::secretRef).map(reference -> {
            var field = "spec.encryption.secretRef";
            var secret = reference.name();
            var key = value(field, secret, "key");
            if (inputs.secretValue(secret, "key").isPresent() && key.length() != ENCRYPTION_KEY_LENGTH) {
                problem(SourceProblem.NO_ENCRYPTION_KEY, field, secret);
            }
            Obstacle.toEncryptionKey(key)
                    .ifPresent(found ->
                            problem(SourceProblem.CHARACTER, field, "key", secret, found.name(), spec.version()));
            return key;
        });
    }

    private Credentials database(String name, CredentialsReference reference) {
        var field = "spec.database." + name + ".credentialsSecretRef";
        var found = credentials(field, reference.name(), reference.usernameKey(), reference.passwordKey());
        var username = new Held(field, reference.name(), reference.usernameKey(), found.username());
        var password = new Held(field, reference.name(), reference.passwordKey(), found.password());
        check(username, Obstacle::toEscapedText, ANY_LENGTH, "one character or more");
        check(password, Obstacle::toEscapedText, ANY_LENGTH, "one character or more");
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

    /** The value of a key, or an empty text and a problem. */
    private String value(String field, String secret, String key) {
        SourceProblem.missing(inputs, field, secret, key).ifPresent(problems::add);
        return inputs.secretValue(secret, key).orElse("");
    }

    private void check(Held held, Function<String, Optional<Obstacle>> obstacle, Pattern length, String wanted) {
        if (inputs.secretValue(held.secret(), held.key()).isPresent()
                && !length.matcher(held.value()).matches()) {
            problem(SourceProblem.LENGTH, held.field(), held.key(), held.secret(), wanted);
        }
        obstacle.apply(held.value())
                .ifPresent(found -> problem(
                        SourceProblem.CHARACTER,
                        held.field(),
                        held.key(),
                        held.secret(),
                        found.name(),
                        spec.version()));
    }

    private void problem(SourceProblem kind, String field, Object... words) {
        problems.add(kind.at(field, words));
    }
}
