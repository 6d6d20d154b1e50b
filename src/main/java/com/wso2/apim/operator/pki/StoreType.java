package com.wso2.apim.operator.pki;

/** Formats of a key store; the constants' names are the values of the product's {@code type} keys. */
public enum StoreType {
    /** Java's own format, in which every version of the product ships its stores (product documentation, keystores). */
    JKS,
    /** RFC 7292; works for all four stores of the product (product documentation, keystores). */
    PKCS12
}
