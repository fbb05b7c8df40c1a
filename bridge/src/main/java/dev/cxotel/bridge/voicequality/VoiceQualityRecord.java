package dev.cxotel.bridge.voicequality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One record of CXone's Voice Quality Metrics feed: what one source measured of one leg of one call. All 48 fields of
 * the documented payload; ids are canonical decimal texts, {@code null} is absent, null or blank.
 *
 * @param content SHA-256 of the record's canonical JSON
 * @param unmapped the fields that are not among the 48, as they came
 */
record VoiceQualityRecord(
        Hash content,
        @Nullable String dataSource,
        Contact contact,
        Agent agent,
        Call call,
        Sip sip,
        Client client,
        Map<Quantity, Reading> readings,
        ObjectNode unmapped)
        implements Payload {

    VoiceQualityRecord {
        Map<Quantity, Reading> copy = new EnumMap<>(Quantity.class);
        copy.putAll(readings);
        readings = Collections.unmodifiableMap(copy);
    }

    /** How the contact was routed. */
    record Contact(
            @Nullable String businessUnit,
            @Nullable String id,
            @Nullable String masterId,
            @Nullable String skillId,
            @Nullable String skillName,
            @Nullable String teamId,
            @Nullable String teamName,
            @Nullable String poc,
            @Nullable String cluster,
            @Nullable String dbKey) {}

    /** Who took the call, with which console. */
    record Agent(
            @Nullable String id,
            @Nullable String name,
            @Nullable String consoleType,
            @Nullable String consoleVersion) {}

    /** The leg itself; {@code disconnectTime} may be an instant or a duration, nobody documents which. */
    record Call(
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String from,
            @Nullable String to,
            @Nullable String direction,
            @Nullable String lineType,
            @Nullable String disconnectReason,
            @Nullable String disposition,
            @Nullable String disconnectTime) {

        /** Seconds from start to end, if the record has both in this order. */
        OptionalDouble length() {
            if (start == null || end == null || end.isBefore(start)) {
                return OptionalDouble.empty();
            }
            Duration length = Duration.between(start, end);
            return OptionalDouble.of(length.getSeconds() + length.getNano() / 1e9);
        }
    }

    /** How the SIP dialogue ended, as it came. */
    record Sip(
            @Nullable String responseCode,
            @Nullable String failureCode,
            @Nullable String droppedCode,
            @Nullable String abandonedByOriginator) {}

    /** The agent's machine and network. */
    record Client(
            @Nullable String operatingSystem,
            @Nullable String osVersion,
            @Nullable String browser,
            @Nullable String sdkVersion,
            @Nullable String connectionType,
            @Nullable String mediaTransport,
            @Nullable String ispProvider,
            @Nullable String country,
            @Nullable String city,
            @Nullable JsonNode spearlineAnalysis) {}
}
