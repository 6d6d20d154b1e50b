package com.wso2.apim.operator.model;

import java.util.stream.IntStream;

/** How far two words are from each other. */
public final class Edits {

    private Edits() {}

    /** Letters to insert, remove or change; anything above the limit once it is clear that it is above. */
    public static int between(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) > limit) {
            return limit + 1;
        }
        var row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            var next = new int[row.length];
            next[0] = i;
            var least = i;
            for (int j = 1; j < row.length; j++) {
                var change = row[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(change, 1 + Math.min(row[j], next[j - 1]));
                least = Math.min(least, next[j]);
            }
            if (least > limit) {
                return limit + 1;
            }
            row = next;
        }
        return row[other.length()];
    }
}
