package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Edits;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the key that somebody meant who mistyped it, forgot a table or wrote another style of letters. */
final class ClosestKey {

    private static final int MOST_EDITS = 4;
    private static final int LETTERS_PER_EDIT = 5;

    private final List<Known> keys;

    ClosestKey(Stream<KeyPath> keys) {
        this.keys = keys.map(key -> new Known(key, letters(key))).toList();
    }

    private record Known(KeyPath path, String letters) {}

    /** The closest key; empty where none is close enough, or where several are as close by their last segment only. */
    Optional<KeyPath> to(KeyPath path) {
        return byEdits(path).or(() -> byLastSegment(path));
    }

    private record Candidate(KeyPath key, int edits) {}

    private Optional<KeyPath> byEdits(KeyPath path) {
        var text = letters(path);
        var last = path.last().length();
        var most = Math.min(MOST_EDITS, Math.max(1, text.length() / LETTERS_PER_EDIT));
        return keys.stream()
                .map(key -> new Candidate(key.path(), Edits.between(key.letters(), text, most)))
                .filter(candidate -> candidate.edits() <= most)
                // Under the same table a short last segment is another word after few edits.
                .filter(candidate ->
                        !candidate.key().parent().equals(path.parent()) || candidate.edits() <= Math.max(1, last / 3))
                .min(Comparator.comparingInt(Candidate::edits)
                        .thenComparing(candidate -> candidate.key().toString()))
                .map(Candidate::key);
    }

    private Optional<KeyPath> byLastSegment(KeyPath path) {
        var same = keys.stream()
                .map(Known::path)
                .filter(key -> key.last().equals(path.last()))
                .toList();
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }

    /** snake_case and camelCase are the same to people. */
    private static String letters(KeyPath path) {
        return path.toString().replace("_", "").toLowerCase(Locale.ROOT);
    }
}
