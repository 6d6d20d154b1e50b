package com.wso2.apim.operator.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The page that follows the vendor's document step by step, as what the rows of its tables claim. */
record SeedMap(List<SeedMap.Claim> claims) {

    private static final Pattern STEP = Pattern.compile("#+ (Step [^:]+): .*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final String PLACE = "In";
    private static final String NOT_RENDERED = "–";

    /**
     * One row.
     *
     * @param line where it stands in the page
     * @param step of the document; empty after the last one
     * @param change of the example's spec under which it holds; empty for none
     * @param place word of a {@link Place}; empty for a row about what has no key and no object
     * @param subject key, or kind, name and field of an object
     * @param value in TOML; empty where the row states none
     */
    record Claim(int line, String step, String change, String place, String subject, String value) {

        /** The key as the document would name it: of any element of a list. */
        String key() {
            return subject.replaceAll("\\[[0-9]+]", "");
        }

        /** What is wrong with it. */
        Stream<String> lies(Output output) {
            return place.isEmpty() ? Stream.empty() : Place.of(place).lies(output, subject, value);
        }
    }

    /** The tables of a page that have a column for the place; a row's first cell may be left to the row above. */
    static SeedMap of(String page) {
        var claims = new ArrayList<Claim>();
        var lines = page.lines().toList();
        var step = "";
        List<String> columns = List.of();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith("#")) {
                var heading = STEP.matcher(line);
                step = heading.matches() ? heading.group(1) : "";
            }
            if (!line.startsWith("|")) {
                columns = List.of();
            } else if (columns.isEmpty()) {
                columns = cells(line);
            } else if (!line.startsWith("|---") && columns.contains(PLACE)) {
                claims.add(claim(i + 1, step, row(i + 1, columns, cells(line))));
            }
        }
        return new SeedMap(List.copyOf(claims));
    }

    private static Claim claim(int line, String step, Map<String, String> row) {
        var place = row.get(PLACE);
        var subject = code(row.get("Key or object"));
        var value = code(row.get("Value"));
        if (place.isEmpty()
                || place.equals(NOT_RENDERED) != subject.isEmpty()
                || subject.isEmpty() && !value.isEmpty()) {
            throw new AssertionError("line %d: place, key or object, and value do not fit".formatted(line));
        }
        var change = code(row.getOrDefault("With", ""));
        return new Claim(line, step, change, place.replace(NOT_RENDERED, ""), subject, value);
    }

    private static Map<String, String> row(int line, List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new AssertionError("line %d has %d cells, not %d".formatted(line, cells.size(), columns.size()));
        }
        return IntStream.range(0, columns.size()).boxed().collect(Collectors.toMap(columns::get, cells::get));
    }

    private static List<String> cells(String line) {
        return Stream.of(line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static String code(String cell) {
        var code = CODE.matcher(cell);
        if (!cell.isEmpty() && !code.matches()) {
            throw new AssertionError("not code, and nothing else either: " + cell);
        }
        return cell.isEmpty() ? "" : code.group(1);
    }
}
