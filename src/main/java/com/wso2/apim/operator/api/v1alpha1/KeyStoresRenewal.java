package com.wso2.apim.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;

/** When the operator issues anew what it issued. Each renewal rolls the nodes, one after the other. */
public record KeyStoresRenewal(
        @Min(1)
        @Max(240)
        @JsonPropertyDescription(
                "How many days before its end the TLS certificate, which is valid for 365 days, is issued anew. Default: in "
                        + "the last third of its life.")
        Integer beforeExpiryDays,

        @Pattern(MOMENT)
        @JsonPropertyDescription(
                "Renewal by hand: a TLS certificate that was issued before this moment is issued anew, once. Such as "
                        + "2027-01-31T08:00:00Z; a moment in the future is waited for.")
        String certificateIssuedBefore,

        @Pattern(MOMENT)
        @JsonPropertyDescription(
                "Renewal by hand: an authority that was made before this moment is replaced, once, in three rolls. Such as "
                        + "2027-01-31T08:00:00Z; a moment in the future is waited for.")
        String authorityIssuedBefore) {

    private static final String MOMENT =
            "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$";
}
