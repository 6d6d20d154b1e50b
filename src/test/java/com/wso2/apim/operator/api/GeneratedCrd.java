package com.wso2.apim.operator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.wso2.apim.operator.api.v1alpha1.ApiManagerCluster;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CRD as the records say it, with what the generator cannot express: order of columns, keyed lists, quantities. */
public final class GeneratedCrd {

    /** Where the CRD is committed. */
    public static final Path COMMITTED = Path.of("crds", "apimanagerclusters.apim.wso2.com-v1.yml");

    /** Its copy in the chart, which Helm cannot read from elsewhere. */
    public static final Path IN_CHART = Path.of("helm", "files").resolve(COMMITTED.getFileName());

    private static final String QUANTITY =
            "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

    /** A Gateway can be named more than once, for different listeners; what is absent counts as empty. */
    private static final List<String> OF_PARENT_REFERENCES = List.of("name", "namespace", "sectionName");

    /** Lists whose elements have a key, by their path in the schema. */
    private static final Map<String, String> KEYED = Map.ofEntries(
            Map.entry("spec.allInOne.env", "name"),
            Map.entry("spec.allInOne.imagePullSecrets", "name"),
            Map.entry("spec.gateway.environments", "name"),
            Map.entry("spec.gateway.environments.virtualHosts", "hostname"),
            Map.entry("spec.trafficManager.env", "name"),
            Map.entry("spec.trafficManager.imagePullSecrets", "name"),
            Map.entry("spec.truststore.additionalCAs", "name"),
            Map.entry("status.conditions", "type"),
            Map.entry("status.nodes", "pod"),
            Map.entry("status.revisions", "tier"),
            Map.entry("status.certificates", "name"));

    private GeneratedCrd() {}

    /** The text of the CRD. */
    public static String text() throws IOException {
        var directory = Files.createTempDirectory(Path.of("target"), "crd");
        new CRDGenerator()
                .inOutputDir(directory.toFile())
                .withMinQuotes(true)
                .forCRDVersions("v1")
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        return processed(crd);
                    }
                })
                .customResourceClasses(ApiManagerCluster.class)
                .generate();
        return Files.readString(directory.resolve(COMMITTED.getFileName()))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .reduce(
                        "# Generated from the records of package api.v1alpha1: make generate\n",
                        (text, line) -> text + line + "\n");
    }

    private static HasMetadata processed(HasMetadata crd) {
        var definition = (CustomResourceDefinition) crd;
        definition.getSpec().getVersions().forEach(GeneratedCrd::process);
        return definition;
    }

    private static void process(CustomResourceDefinitionVersion version) {
        version.getAdditionalPrinterColumns().sort(Comparator.comparingInt(GeneratedCrd::declaredAt));
        var root = version.getSchema().getOpenAPIV3Schema();
        root.setRequired(List.of("spec"));
        // kstatus takes a resource without a status for one that is as wanted; this one nobody has looked at yet.
        at(root, "status").setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
        KEYED.forEach((path, key) -> keyed(at(root, path), key));
        var parentRefs = at(root, "spec.exposure.gatewayAPI.parentRefs");
        parentRefs.setXKubernetesListType("map");
        parentRefs.setXKubernetesListMapKeys(OF_PARENT_REFERENCES);
        at(root, "spec.throttling.skipRedeployingPolicies").setXKubernetesListType("set");
        at(root, "spec.credentials.acknowledged").setXKubernetesListType("set");
        // The operator itself tells what does not belong there; null is a value in it, which a typed schema would drop.
        Stream.of("spec.allInOne.podTemplate", "spec.trafficManager.podTemplate")
                .map(path -> at(root, path))
                .forEach(template -> {
                    template.setType("object");
                    template.setAdditionalProperties(null);
                    template.setXKubernetesPreserveUnknownFields(true);
                });
        Stream.of("spec.allInOne.storage.accessModes", "spec.trafficManager.storage.accessModes")
                .map(path -> at(root, path))
                .forEach(modes -> modes.setXKubernetesListType("set"));
        Stream.of("spec.allInOne.resources", "spec.trafficManager.resources")
                .map(path -> at(root, path))
                .flatMap(resources -> resources.getProperties().values().stream())
                .forEach(quantities ->
                        quantities.getAdditionalProperties().getSchema().setPattern(QUANTITY));
        // Labels, and names of objects with a suffix of ours, have at most 63 characters and start with a letter.
        root.setXKubernetesValidations(List.of(rule(
                "self.metadata.name.size() <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
                "metadata.name must have at most 40 characters, lower-case letters, digits and hyphens, and start with a "
                        + "letter: names of Services and pods are made from it")));
    }

    private static int declaredAt(CustomResourceColumnDefinition column) {
        var declared = ApiManagerCluster.class.getAnnotationsByType(AdditionalPrinterColumn.class);
        return Stream.of(declared).map(AdditionalPrinterColumn::name).toList().indexOf(column.getName());
    }

    private static JSONSchemaProps at(JSONSchemaProps schema, String path) {
        var found = schema;
        for (var name : path.split("\\.")) {
            found = (found.getItems() == null ? found : found.getItems().getSchema())
                    .getProperties()
                    .get(name);
        }
        return found;
    }

    private static void keyed(JSONSchemaProps list, String key) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
        var element = list.getItems().getSchema();
        if (!element.getRequired().contains(key)) {
            element.getRequired().add(key);
        }
    }

    private static ValidationRule rule(String rule, String message) {
        var validation = new ValidationRule();
        validation.setRule(rule);
        validation.setMessage(message);
        return validation;
    }
}
