package com.wso2.apim.operator.revision;

/** A user name and a password. */
public record Credentials(String username, String password) {

    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
