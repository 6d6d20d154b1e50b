package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import com.fasterxml.jackson.dataformat.toml.TomlReadFeature;
import com.wso2.apim.operator.model.Overlay;
import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.toml.OverlayProblem.Found;
import com.wso2.apim.operator.toml.TomlStatements.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads TOML as people paste it: a table may come again and again, equal values too. What contradicts itself, or what the
 * server could not read, is a mistake that names its line.
 */
final class UserToml {

    /** What the text says, and what is wrong with it; only where nothing is wrong is the tree complete. */
    record Parsed(Map<String, Object> tree, List<Problem> problems) {}

    private static final TomlMapper JACKSON =
            TomlMapper.builder().enable(TomlReadFeature.PARSE_JAVA_TIME).build();

    /** Jackson 2.21 leaves out the middle of a number of 19 digits (seen in tests); the server needs none so long. */
    private static final int MOST_DIGITS = 18;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Keys whose value must not come back in a message. */
    private static final Pattern SECRET = Pattern.compile("(?i)[^=]*(pass|secret|token|key|cred)[^=]*=");

    private final String field;
    private final List<String> lines;
    private final List<Statement> statements;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final Map<KeyPath, Integer> firstLines = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private UserToml(String field, String text) {
        this.field = field;
        this.lines = text.lines().toList();
        this.statements = TomlStatements.of(text);
    }

    /** Reads an overlay. */
    static Parsed parse(Overlay overlay) {
        var text = overlay.text();
        var withoutMark = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return new UserToml(overlay.field(), withoutMark.replace("\r\n", "\n")).parse();
    }

    private Parsed parse() {
        var table = Optional.of(new Place(root, KeyPath.ROOT));
        for (var statement : statements) {
            var piece = piece(statement);
            if (piece.isEmpty()) {
                continue;
            }
            try {
                if (statement.digits() > MOST_DIGITS) {
                    throw new Found(OverlayProblem.NUMBER_TOO_LONG, MOST_DIGITS);
                }
                var values = UserValue.table(piece.get());
                if (statement.isHeader()) {
                    table = Optional.empty();
                    table = Optional.of(open(values, statement.line()));
                } else if (table.isPresent()) {
                    add(table.get(), values, statement.line());
                }
            } catch (Found found) {
                problems.add(found.at(field, statement.line()));
            }
        }
        return new Parsed(root, List.copyOf(problems));
    }

    /** A table of the tree, and where it stands; elements of a list are told apart by their number. */
    private record Place(Map<String, Object> table, KeyPath path) {}

    private Optional<ObjectNode> piece(Statement statement) {
        try {
            return Optional.of((ObjectNode) JACKSON.readTree(statement.text()));
        } catch (JsonProcessingException e) {
            problems.add(syntax(statement, e));
            return Optional.empty();
        }
    }

    private Problem syntax(Statement statement, JsonProcessingException e) {
        var location = Optional.ofNullable(e.getLocation());
        var line = statement.line() + location.map(l -> l.getLineNr() - 1).orElse(0);
        var column = location.map(l -> l.getColumnNr()).orElse(1);
        var reason = e.getOriginalMessage().startsWith("Premature end")
                ? "the line is not complete, a quote, a bracket or the value is missing"
                : e.getOriginalMessage();
        var text = lines.get(Math.min(line, lines.size()) - 1).strip();
        var key = SECRET.matcher(statement.text());
        var shown = key.lookingAt() ? key.group().strip() + " …" : text;
        return OverlayProblem.SYNTAX.at(field, line, column, reason, shown);
    }

    /** The table of a header, which may be there already, or a new element of a list. */
    private Place open(Map<String, Object> header, int line) {
        var place = new Place(root, KeyPath.ROOT);
        var rest = header;
        while (!rest.isEmpty()) {
            var key = rest.keySet().iterator().next();
            var value = rest.get(key);
            if (value instanceof List<?>) {
                return append(place, key, line);
            }
            rest = UserValue.asTable(value);
            place = enter(place, key, line, rest.isEmpty());
        }
        return place;
    }

    @SuppressWarnings("unchecked")
    private Place append(Place place, String key, int line) {
        var path = place.path().child(key);
        firstLines.putIfAbsent(path, line);
        var list = place.table().computeIfAbsent(key, absent -> new ArrayList<Object>());
        if (!UserValue.isTables(list)) {
            throw new Found(OverlayProblem.TABLES_AND_SOMETHING_ELSE, path, firstLines.get(path));
        }
        var element = new LinkedHashMap<String, Object>();
        ((List<Object>) list).add(element);
        return new Place(element, place.path().child(key + "[" + ((List<?>) list).size() + "]"));
    }

    /** A table; of a list the element that came last, as long as the header only leads through it. */
    private Place enter(Place place, String key, int line, boolean isLast) {
        var path = place.path().child(key);
        firstLines.putIfAbsent(path, line);
        var value = place.table().computeIfAbsent(key, absent -> new LinkedHashMap<String, Object>());
        if (value instanceof Map<?, ?>) {
            return new Place(UserValue.asTable(value), path);
        }
        if (!isLast && value instanceof List<?> list && !list.isEmpty() && UserValue.isTables(value)) {
            return new Place(
                    UserValue.asTable(list.get(list.size() - 1)), place.path().child(key + "[" + list.size() + "]"));
        }
        throw new Found(OverlayProblem.TABLE_AND_SOMETHING_ELSE, path, firstLines.get(path));
    }

    private void add(Place place, Map<String, Object> values, int line) {
        values.forEach((key, value) -> {
            var path = place.path().child(key);
            var before = Optional.ofNullable(place.table().get(key));
            if (before.isEmpty()) {
                place.table().put(key, value);
                remember(path, value, line);
            } else if (before.get() instanceof Map<?, ?> table && value instanceof Map<?, ?>) {
                add(new Place(UserValue.asTable(table), path), UserValue.asTable(value), line);
            } else if (!before.get().equals(value)) {
                throw new Found(OverlayProblem.SECOND_VALUE, path, firstLines.get(path));
            }
        });
    }

    private void remember(KeyPath path, Object value, int line) {
        firstLines.put(path, line);
        if (value instanceof Map<?, ?>) {
            UserValue.asTable(value).forEach((key, inner) -> remember(path.child(key), inner, line));
        }
    }
}
