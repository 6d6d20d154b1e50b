package com.wso2.apim.operator.revision;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.wso2.apim.operator.model.Edits;
import com.wso2.apim.operator.model.Problem;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether a tree is a pod template: fields that there are, with values that fit. */
final class PodFields {

    private static final ObjectMapper MODEL = new ObjectMapper();
    private static final int MOST_EDITS = 3;

    private final List<Problem> problems = new ArrayList<>();

    private PodFields() {}

    /** What is wrong with the form of a pod template that stands at a field. */
    static List<Problem> problems(String field, Map<String, Object> template) {
        var fields = new PodFields();
        fields.check(field, "", MODEL.constructType(PodTemplateSpec.class), template);
        return List.copyOf(fields.problems);
    }

    /** How an entry of a list is named in a field path: by its key, or else by its place. */
    static String entry(String list, int index, Object entry) {
        return "["
                + PodMerge.key(list)
                        .map(key -> PodMerge.asMap(entry).get(key))
                        .<Object>map(value -> value)
                        .orElse(index)
                + "]";
    }

    private void check(String path, String name, JavaType type, Object value) {
        if (PodMerge.removes(value) || type.hasRawClass(Object.class)) {
            return;
        }
        if (type.isCollectionLikeType()) {
            list(path, name, type.getContentType(), value);
        } else if (type.isMapLikeType() || isObject(type)) {
            fields(path, type, value);
        } else {
            scalar(path, type, value);
        }
    }

    private void list(String path, String name, JavaType type, Object value) {
        if (!(value instanceof List<?> list)) {
            wrong(path, value, "a list");
            return;
        }
        var key = PodMerge.key(name);
        for (int i = 0; i < list.size(); i++) {
            var entry = list.get(i);
            var place = path + entry(name, i, entry);
            if (PodMerge.removes(entry)) {
                wrong(place, entry, "an entry, or leave it out");
            } else {
                key.filter(needed -> entry instanceof Map<?, ?> map && map.get(needed) == null)
                        .ifPresent(missing -> problems.add(PodTemplateProblem.NO_KEY.at(place, missing)));
                check(place, "", type, entry);
            }
        }
    }

    private void fields(String path, JavaType type, Object value) {
        if (!(value instanceof Map<?, ?>)) {
            wrong(path, value, "fields with values");
            return;
        }
        if (type.isMapLikeType()) {
            PodMerge.asMap(value)
                    .forEach((key, inner) -> check(path + "[" + key + "]", key, type.getContentType(), inner));
            return;
        }
        var known = properties(type);
        PodMerge.asMap(value).forEach((field, inner) -> {
            var place = path + "." + field;
            Optional.ofNullable(known.get(field))
                    .ifPresentOrElse(
                            property -> check(place, field, property, inner),
                            () -> unknown(place, field, known.keySet()));
        });
    }

    private void scalar(String path, JavaType type, Object value) {
        if (type.hasRawClass(String.class)) {
            require(value instanceof String, path, value, "text, in quotes");
        } else if (type.hasRawClass(Boolean.class)) {
            require(value instanceof Boolean, path, value, "true or false");
        } else if (type.hasRawClass(IntOrString.class)) {
            require(value instanceof String || isWhole(value), path, value, "a whole number or text");
        } else if (type.hasRawClass(Quantity.class)) {
            require(isQuantity(value), path, value, "a number with a unit, such as 500m or 2Gi");
        } else {
            require(isWhole(value), path, value, "a whole number");
        }
    }

    private void require(boolean fits, String path, Object value, String instead) {
        if (!fits) {
            wrong(path, value, instead);
        }
    }

    /** Never the value itself: a variable of a sidecar may hold a secret. */
    private void wrong(String path, Object value, String instead) {
        problems.add(PodTemplateProblem.WRONG_TYPE.at(path, kind(value), instead));
    }

    private void unknown(String path, String field, Set<String> known) {
        problems.add(closest(field, known)
                .map(meant -> PodTemplateProblem.MISTYPED_FIELD.at(path, meant))
                .orElseGet(() -> PodTemplateProblem.UNKNOWN_FIELD.at(path)));
    }

    private static Optional<String> closest(String field, Set<String> known) {
        var most = Math.min(MOST_EDITS, Math.max(1, field.length() / 3));
        return known.stream()
                .filter(candidate -> edits(candidate, field, most) <= most)
                .min(Comparator.comparingInt(candidate -> edits(candidate, field, most)));
    }

    private static int edits(String one, String other, int most) {
        return Edits.between(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT), most);
    }

    private static Map<String, JavaType> properties(JavaType type) {
        var properties = new TreeMap<String, JavaType>();
        for (BeanPropertyDefinition property :
                MODEL.getDeserializationConfig().introspect(type).findProperties()) {
            properties.put(property.getName(), property.getPrimaryType());
        }
        properties.remove("additionalProperties");
        return properties;
    }

    private static boolean isObject(JavaType type) {
        return type.getRawClass().getName().startsWith("io.fabric8.")
                && !type.hasRawClass(Quantity.class)
                && !type.hasRawClass(IntOrString.class);
    }

    private static boolean isWhole(Object value) {
        return value instanceof Integer || value instanceof Long;
    }

    private static boolean isQuantity(Object value) {
        try {
            return (value instanceof String || value instanceof Number)
                    && Quantity.parse(value.toString()).getNumericalAmount().signum() >= 0;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static String kind(Object value) {
        if (value instanceof Map<?, ?>) {
            return "a set of fields";
        }
        if (value instanceof List<?>) {
            return "a list";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value == null) {
            return "null";
        }
        return value instanceof Number ? "this number" : "this text";
    }
}
