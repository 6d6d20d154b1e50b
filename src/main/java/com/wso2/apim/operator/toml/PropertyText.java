package com.wso2.apim.operator.toml;

/** Text as a {@code .properties} file needs it, which knows no references of XML. */
public final class PropertyText {

    private PropertyText() {}

    /** Escapes what such a file reads as more than text, and what the mapper's template engine would read. */
    public static String escape(String text) {
        return Obstacle.TEMPLATE
                .matcher(text.replace("\\", "\\\\"))
                .replaceAll(match -> "\\\\u007b" + match.group().substring(1));
    }
}
