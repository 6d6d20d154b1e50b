package com.wso2.apim.operator.pki;

import java.util.List;

/** Lists for people. */
final class Shortened {

    private Shortened() {}

    /** The first so many, and how many more there are. */
    static String list(List<String> words, int shown) {
        String first = String.join(", ", words.subList(0, Math.min(shown, words.size())));
        return words.size() <= shown ? first : "%s and %d more".formatted(first, words.size() - shown);
    }
}
