package dev.cxotel.bridge.voicequality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.event.CanonicalJson;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.mapping.AttributeRule;
import dev.cxotel.bridge.mapping.FieldNames;
import dev.cxotel.bridge.mapping.JsonValues;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.semconv.CxoneAttributes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From one JSON object to a {@link VoiceQualityRecord}: lenient in form, strict where a time cannot be read. */
final class RecordDecoder {

    static final String START = "StartDateTime";
    static final String END = "EndDateTime";

    /** Any of these makes an object a voice-quality record. */
    private static final List<String> FIGURES =
            List.of("AvgMos", "AvgJitter", "AvgPktLoss", "AvgRFactor", "AvgRtt", "AvgBitrate", "CallScore");

    /** Any of these does beside a contact id. */
    private static final List<String> CIRCUMSTANCES = List.of("DataSource", START, END, "LineType", "Callduration");

    private static final Set<String> NOT_MEASURED =
            Set.of("nan", "n/a", "na", "null", "none", "nil", "unknown", "unavailable", "undefined", "-", "--");

    private static final int MOST_UNKNOWN_FIELDS = 100;
    private static final String KEY_SEPARATOR = "\u001f";

    private final ZoneId zone;
    private final AttributeRule rule;

    /**
     * @param zone of times that carry no offset; NICE's carry one
     * @param rule of what findings may tell of a value
     */
    RecordDecoder(ZoneId zone, AttributeRule rule) {
        this.zone = zone;
        this.rule = rule;
    }

    static boolean recognises(JsonNode document) {
        if (!(document instanceof ObjectNode object)) {
            return false;
        }
        RecordFields fields = new RecordFields(object);
        return FIGURES.stream().anyMatch(fields::has)
                || (fields.has("ContactId") && CIRCUMSTANCES.stream().anyMatch(fields::has));
    }

    void decode(JsonNode document, BodyDecoding body) {
        if (!(document instanceof ObjectNode object)) {
            body.unreadable("not_an_object", "A voice-quality record must be a JSON object.");
            return;
        }
        RecordFields fields = new RecordFields(object);
        Time start = time(fields.node(START));
        Time end = time(fields.node(END));
        if (start.unreadable() || end.unreadable()) {
            body.unreadable(
                    "unreadable_time", "The field " + (start.unreadable() ? START : END) + " is no ISO 8601 time.");
            return;
        }
        VoiceQualityRecord leg = leg(CanonicalJson.hash(object), fields, start.instant(), end.instant());
        body.event(EventType.VOICE_QUALITY, identity(leg), leg);
        reportUnknown(leg, body);
    }

    private static VoiceQualityRecord leg(
            Hash content, RecordFields fields, @Nullable Instant start, @Nullable Instant end) {
        return new VoiceQualityRecord(
                content,
                fields.text("DataSource"),
                new VoiceQualityRecord.Contact(
                        fields.id("BusinessUnit"),
                        fields.id("ContactId"),
                        fields.id("MasterContactId"),
                        fields.id("SkillId"),
                        fields.text("SkillName"),
                        fields.id("TeamId"),
                        fields.text("TeamName"),
                        fields.text("Poc"),
                        fields.text("Cluster"),
                        fields.text("DbKey")),
                new VoiceQualityRecord.Agent(
                        fields.id("AgentId"),
                        fields.text("Agent"),
                        fields.text("AgentConsoleType"),
                        fields.text("AgentConsoleVersion")),
                new VoiceQualityRecord.Call(
                        start,
                        end,
                        fields.text("From"),
                        fields.text("To"),
                        fields.text("Direction"),
                        fields.text("LineType"),
                        fields.text("DisconnectReason"),
                        fields.text("Disposition"),
                        fields.text("Disconnecttime")),
                new VoiceQualityRecord.Sip(
                        fields.text("SipResponseCode"),
                        fields.text("SipFailureCode"),
                        fields.text("SipIsDroppedCode"),
                        fields.text("SipAbandonedByOriginator")),
                new VoiceQualityRecord.Client(
                        fields.text("OperatingSystem"),
                        fields.text("OsVersion"),
                        fields.text("Browser"),
                        fields.text("SdkVersion"),
                        fields.text("ConnectionType"),
                        fields.text("MediaTransport"),
                        fields.text("IspProvider"),
                        fields.text("LocationCountry"),
                        fields.text("LocationCity"),
                        present(fields.node("spearlineAnalysis"))),
                readings(fields),
                fields.rest());
    }

    private static Map<Quantity, Reading> readings(RecordFields fields) {
        Map<Quantity, Reading> readings = new EnumMap<>(Quantity.class);
        for (Quantity quantity : Quantity.values()) {
            reading(fields.node(quantity.field())).ifPresent(reading -> readings.put(quantity, reading));
        }
        return readings;
    }

    private static Optional<Reading> reading(@Nullable JsonNode node) {
        if (node == null || JsonValues.absent(node)) {
            return Optional.empty();
        }
        BigDecimal figure = JsonValues.number(node);
        if (figure != null) {
            return Optional.of(new Reading.Figure(figure));
        }
        boolean notMeasured = node.isTextual()
                && NOT_MEASURED.contains(node.textValue().strip().toLowerCase(Locale.ROOT));
        return Optional.of(notMeasured ? new Reading.NotMeasured() : new Reading.NoNumber());
    }

    private static @Nullable JsonNode present(@Nullable JsonNode node) {
        return JsonValues.absent(node) ? null : node;
    }

    private Time time(@Nullable JsonNode node) {
        if (node == null || JsonValues.absent(node)) {
            return new Time(null, false);
        }
        return node.isTextual()
                ? IsoTime.parse(node.textValue(), zone)
                        .map(instant -> new Time(instant, false))
                        .orElse(Time.UNREADABLE)
                : Time.UNREADABLE;
    }

    /**
     * The content is the identity, since one call gives several records that may agree in everything that names the
     * leg; the key only groups them, so that they are counted similar. Business units are not aliased here: changed
     * configuration must not change identities.
     */
    private static Identity identity(VoiceQualityRecord leg) {
        String key = Stream.of(
                        leg.contact().businessUnit(),
                        leg.contact().id(),
                        leg.dataSource(),
                        leg.agent().id(),
                        leg.call().lineType(),
                        leg.call().start())
                .map(part -> Objects.toString(part, ""))
                .collect(Collectors.joining(KEY_SEPARATOR, "voice-quality" + KEY_SEPARATOR, ""));
        return new Identity(Hash.of(key), leg.content(), Identity.OnChange.SIMILAR);
    }

    private void reportUnknown(VoiceQualityRecord leg, BodyDecoding body) {
        String dataSource = Optional.ofNullable(leg.dataSource())
                .flatMap(source -> rule.apply(CxoneAttributes.CXONE_DATA_SOURCE.getKey(), source))
                .map(AttributeRule.Shown::text)
                .orElse("");
        Iterator<String> names = leg.unmapped().fieldNames();
        for (int count = 0; names.hasNext() && count < MOST_UNKNOWN_FIELDS; count++) {
            body.finding(new Finding(
                    Finding.Kind.UNKNOWN_FIELD,
                    Optional.of(EventType.VOICE_QUALITY),
                    FieldNames.reportable(names.next()),
                    dataSource));
        }
    }

    private record Time(@Nullable Instant instant, boolean unreadable) {
        static final Time UNREADABLE = new Time(null, true);
    }
}
