/**
 * Key material: key pairs, certificates, key stores, passwords.
 *
 * <p>Pure functions: the moment and the source of randomness are parameters. Key material enters and leaves as PEM text
 * or as the bytes of a key store; only this package knows Bouncy Castle, and never as a registered provider.
 */
package com.wso2.apim.operator.pki;
