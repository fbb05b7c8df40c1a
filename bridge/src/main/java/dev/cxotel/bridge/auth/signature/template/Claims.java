package dev.cxotel.bridge.auth.signature.template;

import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** What a request says of its own signature: by whom, with which key, when. As the sender wrote it. */
record Claims(Optional<String> consumerId, Optional<String> keyVersion, Optional<String> timestamp) {

    private static final int LONGEST_TIME = 15;

    static Claims of(TemplateScheme scheme, Carried carried) throws FlawException {
        return new Claims(
                read(scheme.consumerId(), carried),
                read(scheme.keyVersion(), carried),
                read(scheme.timestamp().map(Timestamp::carrier), carried));
    }

    /** The timestamp in the scheme's unit: digits only. */
    static Instant instant(String text, Timestamp.Unit unit) throws FlawException {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (text.isEmpty() || text.length() > LONGEST_TIME || !digits) {
            throw new FlawException(Flaw.MALFORMED_TIMESTAMP);
        }
        long number = Long.parseLong(text);
        return switch (unit) {
            case S -> Instant.ofEpochSecond(number);
            case MS -> Instant.ofEpochMilli(number);
        };
    }

    private static Optional<String> read(Optional<Carrier> carrier, Carried carried) throws FlawException {
        return carrier.isEmpty() ? Optional.empty() : Optional.of(carried.one(carrier.get()));
    }
}
