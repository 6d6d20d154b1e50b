package com.wso2.apim.operator.toml;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a TOML text into headers and key/value pairs, without reading them. Each piece can then be parsed by itself, so that
 * a table may come as often as people paste it, and every piece knows its line.
 */
final class TomlStatements {

    /**
     * A header or a key/value pair, which may go over several lines.
     *
     * @param line where it begins, counted from 1
     * @param digits length of the longest run of digits that stands in no string
     */
    record Statement(int line, String text, int digits) {

        boolean isHeader() {
            return text.stripLeading().startsWith("[");
        }
    }

    private final String text;
    private int position;
    private int line = 1;
    private int digits;
    private int mostDigits;

    private TomlStatements(String text) {
        this.text = text;
    }

    static List<Statement> of(String text) {
        return new TomlStatements(text).statements();
    }

    private List<Statement> statements() {
        var statements = new ArrayList<Statement>();
        while (position < text.length()) {
            var start = position;
            var first = line;
            mostDigits = 0;
            end();
            var statement = new Statement(first, text.substring(start, position), mostDigits);
            if (!statement.text().isBlank() && !statement.text().stripLeading().startsWith("#")) {
                statements.add(statement);
            }
            position++;
            line++;
        }
        return statements;
    }

    /** Moves to the line break that ends the statement which begins here. */
    private void end() {
        var isHeader = beginsWithBracket();
        var depth = 0;
        while (position < text.length()) {
            var c = text.charAt(position);
            count(c);
            if (c == '\n') {
                if (depth <= 0 || isHeader) {
                    return;
                }
                line++;
            } else if (c == '#') {
                comment();
                continue;
            } else if (c == '"' || c == '\'') {
                string(c);
                continue;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            }
            position++;
        }
    }

    private void count(char c) {
        if (c >= '0' && c <= '9') {
            digits++;
        } else if (c != '_') {
            digits = 0;
        }
        mostDigits = Math.max(mostDigits, digits);
    }

    private boolean beginsWithBracket() {
        var first = position;
        while (first < text.length() && (text.charAt(first) == ' ' || text.charAt(first) == '\t')) {
            first++;
        }
        return text.startsWith("[", first);
    }

    private void comment() {
        while (position < text.length() && text.charAt(position) != '\n') {
            position++;
        }
    }

    /** Moves behind a string; one that is not closed ends with its line, or, if it may have several, with the text. */
    private void string(char quote) {
        var triple = String.valueOf(quote).repeat(3);
        var isMultiline = text.startsWith(triple, position);
        position += isMultiline ? 3 : 1;
        while (position < text.length()) {
            var c = text.charAt(position);
            if (isMultiline && text.startsWith(triple, position)) {
                quotes(quote);
                return;
            }
            if (c == '\n') {
                if (!isMultiline) {
                    return;
                }
                line++;
            }
            if (c == '\\' && quote == '"' && !text.startsWith("\n", position + 1)) {
                position++;
            }
            position++;
            if (!isMultiline && c == quote) {
                return;
            }
        }
        position = Math.min(position, text.length());
    }

    /** Up to two quotes may stand before the three that close. */
    private void quotes(char quote) {
        while (position < text.length() && text.charAt(position) == quote) {
            position++;
        }
    }
}
