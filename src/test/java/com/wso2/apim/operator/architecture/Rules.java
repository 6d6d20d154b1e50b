package com.wso2.apim.operator.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.wso2.apim.operator.model.AllInOneEventHub;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Wiring;
import com.wso2.apim.operator.toml.ServerFile;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** The rules of the architecture, as the design document gives them. */
enum Rules {
    PACKAGES_ARE_THE_DATAS_PATH(path()),
    ONLY_THE_READER_THE_RECONCILER_AND_THE_WIRING_KNOW_THE_KUBERNETES_CLIENT(noClasses()
            .that()
            .resideOutsideOfPackages(packages("api", "inputs", "reconcile", "app"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes.client..")),
    THE_CONTRACT_KNOWS_NOTHING_OF_THE_CLIENT_BUT_THE_CUSTOM_RESOURCE(noClasses()
            .that()
            .resideInAPackage(packageOf("api"))
            .should()
            .dependOnClassesThat(resideInAPackage("io.fabric8.kubernetes.client..")
                    .and(not(describe("CustomResource", type -> type.isEquivalentTo(CustomResource.class)))))),
    THE_CONTRACT_IS_RECORDS(classes()
            .that()
            .resideInAPackage(packageOf("api"))
            .should(be(describe(
                    "records, enums or the custom resource",
                    type -> type.isRecord() || type.isEnum() || type.isAssignableTo(CustomResource.class))))),
    KEY_MATERIAL_KNOWS_NO_KUBERNETES(noClasses()
            .that()
            .resideInAPackage(packageOf("pki"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..")),
    ONLY_KEY_MATERIAL_KNOWS_BOUNCY_CASTLE(onlyIn("org.bouncycastle..", "pki")),
    TOML_IS_READ_IN_TWO_PLACES(onlyIn("com.fasterxml.jackson.dataformat.toml..", "toml", "topology")),
    THE_LINTER_KNOWS_NOT_WHAT_WROTE_THE_FILES(noClasses()
            .that()
            .resideInAPackage(packageOf("topology"))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Wiring.Links.class, AllInOneEventHub.class, ServerFile.class)),
    ONLY_THE_RECONCILER_AND_THE_WIRING_KNOW_THE_SDK(onlyIn("io.javaoperatorsdk..", "reconcile", "app")),
    ONLY_THE_WIRING_KNOWS_QUARKUS(noClasses()
            .that()
            .resideOutsideOfPackage(packageOf("app"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "io.micrometer.."))),
    WHAT_IS_PURE_READS_NEITHER_CLOCK_NOR_CHANCE(noClasses()
            .that()
            .resideOutsideOfPackages(packages("inputs", "reconcile", "app"))
            .should()
            .accessTargetWhere(describe("clock or chance", Rules::isClockOrChance))),
    A_PROBLEM_IS_ONE_OF_THE_LISTED(noClasses()
            .that()
            .doNotBelongToAnyOf(Problem.class)
            .should()
            .callConstructor(Problem.class, Problem.Kind.class, String.class, String.class)),
    NO_CLASS_IS_A_DRAWER_FOR_ODDS_AND_ENDS(
            noClasses().should().haveNameMatching(".*(Util|Utils|Utility|Utilities|Helper|Helpers)")),
    NOTHING_STATIC_CHANGES(fields().that().areStatic().should().beFinal());

    private final ArchRule rule;

    Rules(ArchRule rule) {
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    /** A package knows those before it; key material knows nothing of ours. */
    private static ArchRule path() {
        var path = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        path = layer(path, "pki", List.of());
        var known = new ArrayList<String>();
        for (var layer : List.of("api", "inputs", "model", "toml")) {
            path = layer(path, layer, known);
            known.add(layer);
        }
        path = layer(path, "topology", known);
        known.addAll(List.of("topology", "pki"));
        for (var layer : List.of("revision", "rollout", "resources", "status", "reconcile", "app")) {
            path = layer(path, layer, known);
            known.add(layer);
        }
        return path.ensureAllClassesAreContainedInArchitecture();
    }

    private static Architectures.LayeredArchitecture layer(
            Architectures.LayeredArchitecture path, String layer, List<String> mayKnow) {
        var with = path.layer(layer).definedBy(packageOf(layer));
        return mayKnow.isEmpty()
                ? with.whereLayer(layer).mayNotAccessAnyLayer()
                : with.whereLayer(layer).mayOnlyAccessLayers(mayKnow.toArray(String[]::new));
    }

    private static ArchRule onlyIn(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages(packages))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static boolean isClockOrChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        var member = access.getTarget().getName();
        var isConstructor = member.equals("<init>");
        return owner.getPackageName().equals("java.time") && (member.equals("now") || member.startsWith("system"))
                || owner.isEquivalentTo(System.class) && member.matches("currentTimeMillis|nanoTime")
                || owner.isEquivalentTo(Math.class) && member.equals("random")
                || owner.isEquivalentTo(UUID.class) && member.equals("randomUUID")
                || owner.isAssignableTo(Random.class) && (isConstructor || member.matches("getInstance.*|current"))
                || owner.isEquivalentTo(Date.class)
                        && isConstructor
                        && access.getDescription().contains("<init>()");
    }

    private static String[] packages(String... names) {
        return Stream.of(names).map(Rules::packageOf).toArray(String[]::new);
    }

    private static String packageOf(String name) {
        return "com.wso2.apim.operator." + name + "..";
    }
}
