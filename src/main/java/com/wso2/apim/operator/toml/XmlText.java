package com.wso2.apim.operator.toml;

/** Text as the server's XML needs it: its mapper copies values from deployment.toml and from the environment unescaped. */
public final class XmlText {

    private XmlText() {}

    /** Escapes what would end the text. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
