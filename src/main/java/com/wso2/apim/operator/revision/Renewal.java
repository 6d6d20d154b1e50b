package com.wso2.apim.operator.revision;

import com.wso2.apim.operator.revision.Sources.Keys;
import com.wso2.apim.operator.toml.KeyStoreFile;
import java.util.ArrayList;
import java.util.List;

/** What a pass changes of what nodes show and trust. */
public enum Renewal {
    AUTHORITY_TRUSTED(
            "another authority is to issue the TLS certificate: before it does, every node is given its certificate to trust"),
    CERTIFICATE("nodes get another TLS certificate, one after the other"),
    AUTHORITY_DROPPED(
            "no node shows a certificate of the previous authority any more: nodes stop trusting it, one after the other");

    private final String sentence;

    Renewal(String sentence) {
        this.sentence = sentence;
    }

    /** What nodes with other keys have that those that run have not. */
    static List<Renewal> between(Running before, Keys now) {
        var shown = before.keyMaterial(KeyStoreFile.TLS);
        if (shown.isEmpty()) {
            return List.of();
        }
        var trusted = before.trusted(KeyStoreFile.AUTHORITY_ALIAS).values();
        var renewals = new ArrayList<Renewal>();
        if (!trusted.containsAll(now.authorities())) {
            renewals.add(AUTHORITY_TRUSTED);
        }
        if (!shown.get().equals(now.tls())) {
            renewals.add(CERTIFICATE);
        }
        if (!now.authorities().containsAll(trusted)) {
            renewals.add(AUTHORITY_DROPPED);
        }
        return List.copyOf(renewals);
    }

    /** What happens. */
    public String sentence() {
        return sentence;
    }
}
