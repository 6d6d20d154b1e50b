package com.wso2.apim.operator.architecture;

import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.wso2.apim.operator.model.NameProblem;
import com.wso2.apim.operator.model.Problem;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.quarkus.runtime.ShutdownEvent;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.GeneralName;

/** One class for each way to break a rule; none of them is in a package that may. */
final class Violations {

    private Violations() {}

    record TalksToTheCluster(KubernetesClient client) {}

    record KnowsTheSdk(Context<?> context) {}

    record KnowsQuarkus(ShutdownEvent event) {}

    record KnowsBouncyCastle(GeneralName name) {}

    record ReadsToml(TomlMapper mapper) {}

    static final class ReadsTheClock {
        Instant now() {
            return Instant.now();
        }
    }

    static final class ReadsTheClockLater {
        Supplier<Instant> now() {
            return Instant::now;
        }
    }

    static final class ReadsTheSystemsClock {
        long now() {
            return System.currentTimeMillis();
        }
    }

    static final class ThrowsDice {
        int eyes() {
            return new Random().nextInt(6);
        }
    }

    static final class ThrowsGoodDice {
        int eyes() {
            return new SecureRandom().nextInt(6);
        }
    }

    static final class MakesUpNames {
        String name() {
            return UUID.randomUUID().toString();
        }
    }

    static final class MakesUpAProblem {
        Problem problem() {
            return new Problem(NameProblem.TAKEN, "spec", "something is wrong");
        }
    }

    static final class OddsAndEndsUtils {}

    static final class RemembersThings {
        static int count;
    }

    static final class RemembersThingsInAList {
        static List<String> things = List.of();
    }
}
