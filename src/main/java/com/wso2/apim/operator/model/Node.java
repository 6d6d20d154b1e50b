package com.wso2.apim.operator.model;

/** One node: a place in a tier, whatever pod fills it. */
public record Node(Role role, int ordinal) {

    /** As people say it: {@code all-in-one 0}. */
    @Override
    public String toString() {
        return role.component() + " " + ordinal;
    }
}
