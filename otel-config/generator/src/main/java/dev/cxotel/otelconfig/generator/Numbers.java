package dev.cxotel.otelconfig.generator;

import java.math.BigDecimal;

/** Numbers as a person writes them. */
final class Numbers {

    private Numbers() {}

    static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
