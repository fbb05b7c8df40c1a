package dev.cxotel.bridge.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How payloads become telemetry.
 *
 * @param timeZone of zone-less dates
 * @param responseTimeUnit of a script event's {@code responseTime}
 * @param dateTimeIs which end of the call a script event's {@code dateTime} is
 * @param dataSources unit profile by {@code DataSource}, then by field in lower case: {@code jitter}, {@code rtt},
 *     {@code packet_loss}, {@code mos}, {@code setup}, {@code duration}, {@code ring}, {@code bitrate}; the units are
 *     {@code ms}, {@code s}, {@code rtp_ticks_8000}, {@code percent}, {@code ratio}, {@code mos}, {@code mos_x10},
 *     {@code kbit_s}, {@code bit_s}
 * @param businessUnits alias of a business unit before hashing and as attribute
 * @param metricAttributes attribute names added to a metric, by metric name
 * @param disabledMetrics metric names that are not exported
 * @param exportSuspect whether an implausible value is exported all the same
 * @param cardinalityLimit series per metric, the overflow series included
 * @param calls how the ends of API calls are told
 */
public record MappingConfig(
        ServiceNames serviceNames,
        ZoneId timeZone,
        ResponseTimeUnit responseTimeUnit,
        DateTimeIs dateTimeIs,
        Map<String, Map<String, String>> dataSources,
        Map<String, String> businessUnits,
        Privacy privacy,
        UnknownFields unknownFields,
        Map<String, List<String>> metricAttributes,
        Set<String> disabledMetrics,
        boolean exportSuspect,
        Trace trace,
        Late late,
        Duration volumesWindow,
        int cardinalityLimit,
        Thresholds thresholds,
        String spanName,
        Calls calls) {

    public static final String DEFAULT_SPAN_NAME = "{action_name} {script_name}";

    /** What {@link #spanName()} may name in braces: fields of which a tenant has not many values. */
    public static final List<String> SPAN_NAME_PLACEHOLDERS = List.of(
            "action_name",
            "action_label",
            "action_id",
            "script_name",
            "script_id",
            "script_version",
            "business_unit",
            "server_address");

    public static final MappingConfig DEFAULT = new MappingConfig(
            ServiceNames.DEFAULT,
            ZoneId.of("UTC"),
            ResponseTimeUnit.SECONDS,
            DateTimeIs.END,
            Map.of(),
            Map.of(),
            Privacy.DEFAULT,
            UnknownFields.NAMES,
            Map.of(),
            Set.of("cxone.voice.ring.duration", "http.client.request.duration"),
            true,
            Trace.DEFAULT,
            Late.DEFAULT,
            Duration.ofMinutes(5),
            2000,
            Thresholds.DEFAULT,
            DEFAULT_SPAN_NAME,
            Calls.DEFAULT);

    public MappingConfig {
        dataSources = Map.copyOf(dataSources);
        businessUnits = Map.copyOf(businessUnits);
        metricAttributes = Map.copyOf(metricAttributes);
        disabledMetrics = Set.copyOf(disabledMetrics);
    }

    /** The {@code service.name} of what comes from each feed. */
    public record ServiceNames(String voice, String studio, String contact) {
        public static final ServiceNames DEFAULT = new ServiceNames("cxone-voice", "cxone-studio", "cxone-contact");
    }

    /** The unit of {@code responseTime}. */
    public enum ResponseTimeUnit {
        SECONDS,
        MILLISECONDS,
        /** Seconds up to 120, milliseconds above: CXone's REST actions end after 90 s at most. */
        AUTO
    }

    /** Which end of the call {@code dateTime} is. */
    public enum DateTimeIs {
        END,
        START
    }

    /**
     * What happens to personal data and free text.
     *
     * @param agentName of {@code cxone.agent.name}, unless {@code fields} says otherwise
     * @param phoneNumbers of {@code cxone.call.from} and {@code cxone.call.to}, unless {@code fields} says otherwise
     * @param fields by the attribute's name; stronger than the others
     * @param hmacKey there when a field is {@link Field#HMAC}
     */
    public record Privacy(
            Field agentName,
            Field phoneNumbers,
            UrlQuery urlQuery,
            UrlPath urlPath,
            Messages messages,
            Map<String, Field> fields,
            Optional<SecretKey> hmacKey) {
        public static final Privacy DEFAULT = new Privacy(
                Field.DROP, Field.MASK, UrlQuery.REDACT, UrlPath.KEEP, Messages.SCRUB, Map.of(), Optional.empty());

        public Privacy {
            fields = Map.copyOf(fields);
        }

        /** What happens to an attribute. */
        public enum Field {
            DROP,
            MASK,
            /** The first 16 hexadecimal digits of the value's HMAC-SHA-256. */
            HMAC,
            KEEP
        }

        /** What happens to the parts of a URL's path that look like ids. */
        public enum UrlPath {
            KEEP,
            TEMPLATE
        }

        /** What happens to the values of a URL's query. */
        public enum UrlQuery {
            REDACT,
            KEEP
        }

        /** What happens to free text that an API answered. */
        public enum Messages {
            SCRUB,
            KEEP,
            DROP
        }
    }

    /** What is exported of fields that the registry does not know. */
    public enum UnknownFields {
        NAMES,
        VALUES
    }

    /**
     * One trace per contact.
     *
     * @param rootSpan whether each contact gets a root span, which its children name as parent
     * @param idleTimeout after the last of a contact was received its root span is sent
     * @param maxDuration after the first of a contact was received its root span is sent at the latest
     */
    public record Trace(boolean rootSpan, Duration idleTimeout, Duration maxDuration) {
        public static final Trace DEFAULT = new Trace(true, Duration.ofMinutes(30), Duration.ofHours(4));
    }

    /**
     * How the ends of API calls are told.
     *
     * @param okStatus HTTP statuses from 400 to 499 that are no errors
     * @param errorTypes {@code error.type} by response code, in lower case
     * @param peers name of the service by the host of its address, in lower case
     */
    public record Calls(Set<Integer> okStatus, Map<String, String> errorTypes, Map<String, String> peers) {
        public static final Calls DEFAULT = new Calls(Set.of(), Map.of(), Map.of());

        public Calls {
            okStatus = Set.copyOf(okStatus);
            errorTypes = Map.copyOf(errorTypes);
            peers = Map.copyOf(peers);
        }
    }

    /**
     * Late events.
     *
     * @param measured whether they count in metrics
     */
    public record Late(boolean measured, Duration lateAfter) {
        public static final Late DEFAULT = new Late(true, Duration.ofHours(1));
    }

    /**
     * The verdict's bounds: worse than {@code fair} is fair, worse than {@code poor} is poor.
     *
     * @param mosFair MOS below is fair
     * @param jitterFair seconds above are fair
     * @param lossFair ratio above is fair
     * @param rttFair seconds above are fair
     * @param rFactorFair R below is fair
     * @param shortCall calls under this length are flagged
     */
    public record Thresholds(
            double mosFair,
            double mosPoor,
            double jitterFair,
            double jitterPoor,
            double lossFair,
            double lossPoor,
            double rttFair,
            double rttPoor,
            double rFactorFair,
            double rFactorPoor,
            Duration shortCall) {
        public static final Thresholds DEFAULT =
                new Thresholds(4.0, 3.5, 0.030, 0.060, 0.01, 0.05, 0.300, 0.500, 80, 70, Duration.ofSeconds(20));
    }
}
