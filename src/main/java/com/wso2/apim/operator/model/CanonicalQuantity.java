package com.wso2.apim.operator.model;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Quantities as the API server stores them: what is written otherwise would be told apart from it again and again. */
public final class CanonicalQuantity {

    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final BigDecimal KIBI = new BigDecimal(1024);
    private static final BigDecimal KILO = new BigDecimal(1000);
    private static final int NANO = 9;

    private CanonicalQuantity() {}

    /** The same quantity with the largest unit that needs no fraction; one with an exponent is left as it is. */
    public static String of(String quantity) {
        var parsed = Quantity.parse(quantity);
        var unit = parsed.getFormat() == null ? "" : parsed.getFormat();
        var amount = parsed.getNumericalAmount();
        if (BINARY.indexOf(unit) > 0 && amount.compareTo(KIBI) >= 0) {
            return reduced(amount.setScale(0, RoundingMode.CEILING), KIBI, BINARY);
        }
        return BINARY.contains(unit) || DECIMAL.contains(unit)
                ? reduced(amount.movePointRight(NANO).setScale(0, RoundingMode.CEILING), KILO, DECIMAL)
                : quantity;
    }

    private static String reduced(BigDecimal smallest, BigDecimal factor, List<String> units) {
        if (smallest.signum() == 0) {
            return "0";
        }
        var amount = smallest;
        var unit = 0;
        while (unit < units.size() - 1 && amount.remainder(factor).signum() == 0) {
            amount = amount.divide(factor, RoundingMode.UNNECESSARY);
            unit++;
        }
        return amount.toBigInteger() + units.get(unit);
    }
}
