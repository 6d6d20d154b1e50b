package com.wso2.apim.operator.toml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * The name of the administrator, which may be an e-mail address. The product takes what stands behind the last at sign for a
 * tenant, and does without the at sign where it talks to its message brokers.
 */
public record AdministratorName(String text) {

    private static final TomlMapper TOML = new TomlMapper();
    private static final String EMAIL_NAMES = "/tenant_mgt/enable_email_domain";
    private static final String OWN_TENANT = "@carbon.super";
    private static final Pattern EMAIL = Pattern.compile("[^@]+@[^@]+");

    /** Whether a node takes e-mail addresses for names at all. */
    public static boolean mayBeEmail(String deploymentToml) {
        try {
            return TOML.readTree(deploymentToml).at(EMAIL_NAMES).asText().equals("true");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it is one. */
    public boolean isEmail() {
        return EMAIL.matcher(text).matches();
    }

    /** With its tenant, where the product could take a part of the name for one. */
    public String qualified() {
        return isEmail() ? text + OWN_TENANT : text;
    }

    /** As the message brokers know it, for their URLs. */
    public String inBrokerUrl() {
        return UrlText.escape(qualified()).replace("%40", "!");
    }
}
