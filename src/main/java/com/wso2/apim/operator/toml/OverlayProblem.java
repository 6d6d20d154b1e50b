package com.wso2.apim.operator.toml;

import com.wso2.apim.operator.model.Problem;
import com.wso2.apim.operator.model.Problem.Concern;
import java.util.Arrays;
import java.util.stream.Stream;

/** What can be wrong with the user's own TOML. */
public enum OverlayProblem implements Problem.Kind {
    SYNTAX("line <line>, column <column>: <reason>: <text>"),
    KEY_NOT_READABLE(
            "line <line>: the server cannot read the key \"<key>\": keys have printable ASCII characters without '"),
    NUMBER_TOO_LONG("line <line>: a number has more than <count> digits: put it in quotes"),
    NUMBER_TOO_LARGE("line <line>: the server cannot read a number as large as that: put it in quotes"),
    NO_NUMBER("line <line>: the server cannot use inf, nan or a number of that size"),
    DATE(
            "line <line>: the server prints dates and times in another form than they are written in: put the value in quotes"),
    MIXED_LIST("line <line>: the server refuses a list of values of different types: make all of them of one type"),
    TABLES_IN_NESTED_LIST("line <line>: a list inside a list cannot hold tables"),
    NESTED_TOO_DEEP("line <line>: tables or lists are nested more than <count> times"),
    TABLE_AND_SOMETHING_ELSE("line <line>: <key> is a table here, and something else on line <other line>: keep one"),
    TABLES_AND_SOMETHING_ELSE(
            "line <line>: <key> is a list of tables here, and something else on line <other line>: keep one"),
    SECOND_VALUE("line <line>: <key> is given a second time, with another value than on line <other line>: keep one"),
    VALUE_FOR_A_TABLE("<key> is a table, it cannot have a value: write [<key>] and the keys that it holds"),
    TABLE_FOR_A_VALUE("<key> is a value, it cannot be a table: write <key> = …"),
    TABLE_FOR_A_LIST("<key> is a list of tables: write [[<key>]]"),
    WIRING("<key> is set by the operator, <how>: remove it"),
    WIRING_WITH_FIELD("<key> is set by the operator, <how>: remove it, and use <field> instead"),
    TEMPLATE("<key> holds <characters>, which the server takes for a template: no value can hold it"),
    VARIABLE_NOT_DEFINED(
            "<key> uses $env{<variable>}, but <tier> pods have no variable <variable>: define it in <field>"),
    SECURE_VAULT(
            "<key> uses $secret{<alias>}, for which pods have no secure vault: use $env{…} and define the variable in <field> with valueFrom"),
    REFERENCE_IN_A_LIST(
            "<key> uses $ref{<other key>}, which the server leaves as it is inside [[…]]: write the value, or use $env{…}"),
    REFERENCE_TO_NOTHING("<key> uses $ref{<other key>}, but nothing sets <other key>: the server would not start"),
    ENVIRONMENT_WITHOUT_ADDRESS(
            "<environment> has neither http_endpoint nor https_endpoint, without which the server does not start its API Manager: describe it in spec.gateway.environments instead"),
    ENVIRONMENT_OF_A_TRAFFIC_MANAGER(
            "<environment> has neither http_endpoint nor https_endpoint, without which the server does not start its API Manager: remove it, Traffic Managers need none");

    private final String wording;

    OverlayProblem(String wording) {
        this.wording = wording;
    }

    @Override
    public Concern concern() {
        return Concern.CONFIGURATION;
    }

    @Override
    public String where() {
        return "spec.config.<part>";
    }

    @Override
    public String wording() {
        return wording;
    }

    /** Stops reading or merging an overlay. */
    static final class Found extends RuntimeException {

        private final transient OverlayProblem kind;
        private final transient Object[] words;

        Found(OverlayProblem kind, Object... words) {
            super(kind.wording());
            this.kind = kind;
            this.words = words;
        }

        /** The problem at its field. */
        Problem at(String field) {
            return kind.at(field, words);
        }

        /** The problem at its field, for a wording that begins with the line. */
        Problem at(String field, int line) {
            return kind.at(
                    field, Stream.concat(Stream.of(line), Arrays.stream(words)).toArray());
        }
    }
}
