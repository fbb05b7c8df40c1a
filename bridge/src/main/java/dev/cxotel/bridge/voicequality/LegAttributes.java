package dev.cxotel.bridge.voicequality;

import static dev.cxotel.semconv.CoreAttributes.GEO_COUNTRY_ISO_CODE;
import static dev.cxotel.semconv.CoreAttributes.GEO_LOCALITY_NAME;
import static dev.cxotel.semconv.CoreAttributes.NETWORK_TRANSPORT;
import static dev.cxotel.semconv.CoreAttributes.USER_AGENT_NAME;
import static dev.cxotel.semconv.CoreAttributes.USER_AGENT_OS_NAME;
import static dev.cxotel.semconv.CoreAttributes.USER_AGENT_OS_VERSION;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.mapping.AttributeSet;
import dev.cxotel.bridge.mapping.ContactKey;
import dev.cxotel.bridge.mapping.Countries;
import dev.cxotel.bridge.mapping.Traces;
import dev.cxotel.bridge.mapping.privacy.Privacy;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The mapping table of a voice-quality record: from its fields to the attributes of span and log event. */
final class LegAttributes {

    /** The longest of the attributes that hold JSON, in characters. */
    static final int LONGEST_JSON = 4096;

    private static final String RECEIVED = CxoneAttributes.CxoneTimeSourceValues.RECEIVED;

    private static final Map<String, String> DIRECTIONS = Map.of("in", "inbound", "out", "outbound");
    private static final Map<String, String> CONNECTIONS = Map.of("relay", "turn");
    /** A TURN server reached over TLS is reached over TCP. */
    private static final Map<String, String> TRANSPORTS = Map.of("tls", "tcp", "turns", "tcp");

    private final Privacy privacy;
    private final Traces traces;
    private final boolean exportUnmapped;

    LegAttributes(MappingConfig mapping, Traces traces) {
        this.privacy = new Privacy(mapping.privacy());
        this.traces = traces;
        this.exportUnmapped = mapping.unknownFields() == MappingConfig.UnknownFields.VALUES;
    }

    AttributeSet of(Leg leg) {
        VoiceQualityRecord fields = leg.fields();
        AttributeSet set = privacy.attributes();
        set.put(CxoneAttributes.CXONE_DATA_SOURCE, fields.dataSource());
        put(fields.contact(), set);
        put(fields.agent(), set);
        put(fields.call(), set);
        put(fields.sip(), leg.sip(), set);
        put(fields.client(), set);
        leg.measures().values().forEach((quantity, value) -> set.putDouble(quantity.attribute(), value));
        putDerived(leg, set);
        if (exportUnmapped && !fields.unmapped().isEmpty()) {
            set.putText(
                    CxoneAttributes.CXONE_UNMAPPED,
                    privacy.json(CxoneAttributes.CXONE_UNMAPPED, fields.unmapped()),
                    LONGEST_JSON);
        }
        return set;
    }

    private void put(VoiceQualityRecord.Contact contact, AttributeSet set) {
        set.put(CxoneAttributes.CXONE_BUSINESS_UNIT_ID, traces.businessUnit(contact.businessUnit()));
        set.put(CxoneAttributes.CXONE_CONTACT_ID, usable(contact.id()));
        set.put(CxoneAttributes.CXONE_CONTACT_MASTER_ID, usable(contact.masterId()));
        set.put(CxoneAttributes.CXONE_SKILL_ID, contact.skillId());
        set.put(CxoneAttributes.CXONE_SKILL_NAME, contact.skillName());
        set.put(CxoneAttributes.CXONE_TEAM_ID, contact.teamId());
        set.put(CxoneAttributes.CXONE_TEAM_NAME, contact.teamName());
        set.put(CxoneAttributes.CXONE_POC_NAME, contact.poc());
        set.put(CxoneAttributes.CXONE_CLUSTER_ID, contact.cluster());
        set.put(CxoneAttributes.CXONE_DB_KEY, contact.dbKey());
    }

    private void put(VoiceQualityRecord.Agent agent, AttributeSet set) {
        set.put(CxoneAttributes.CXONE_AGENT_ID, agent.id());
        set.put(CxoneAttributes.CXONE_AGENT_NAME, agent.name());
        set.put(CxoneAttributes.CXONE_AGENT_CONSOLE_TYPE, agent.consoleType());
        set.put(CxoneAttributes.CXONE_AGENT_CONSOLE_VERSION, agent.consoleVersion());
    }

    private void put(VoiceQualityRecord.Call call, AttributeSet set) {
        set.put(CxoneAttributes.CXONE_CALL_FROM, call.from());
        set.put(CxoneAttributes.CXONE_CALL_TO, call.to());
        putNormal(CxoneAttributes.CXONE_CALL_DIRECTION, call.direction(), DIRECTIONS, set);
        putNormal(CxoneAttributes.CXONE_CALL_LINE_TYPE, call.lineType(), Map.of(), set);
        set.put(CxoneAttributes.CXONE_CALL_DISCONNECT_REASON, call.disconnectReason());
        set.put(
                CxoneAttributes.CXONE_CALL_DISPOSITION,
                privacy.label(CxoneAttributes.CXONE_CALL_DISPOSITION, call.disposition()));
        set.put(CxoneAttributes.CXONE_CALL_DISCONNECT_TIME, call.disconnectTime());
    }

    private static void put(VoiceQualityRecord.Sip sip, SipOutcome outcome, AttributeSet set) {
        set.putLong(CxoneAttributes.CXONE_SIP_RESPONSE_CODE, number(outcome.responseCode()));
        set.putLong(CxoneAttributes.CXONE_SIP_FAILURE_CODE, number(outcome.failureCode()));
        set.put(CxoneAttributes.CXONE_SIP_DROPPED_CODE, sip.droppedCode());
        set.put(CxoneAttributes.CXONE_SIP_ABANDONED_BY_ORIGINATOR, sip.abandonedByOriginator());
    }

    private void put(VoiceQualityRecord.Client client, AttributeSet set) {
        set.put(USER_AGENT_OS_NAME, client.operatingSystem());
        set.put(USER_AGENT_OS_VERSION, client.osVersion());
        set.put(USER_AGENT_NAME, client.browser());
        set.put(CxoneAttributes.CXONE_WEBRTC_SDK_VERSION, client.sdkVersion());
        putNormal(CxoneAttributes.CXONE_WEBRTC_CONNECTION_TYPE, client.connectionType(), CONNECTIONS, set);
        putNormal(NETWORK_TRANSPORT, client.mediaTransport(), TRANSPORTS, set);
        set.put(CxoneAttributes.CXONE_NETWORK_ISP_NAME, client.ispProvider());
        set.put(CxoneAttributes.CXONE_LOCATION_COUNTRY, client.country());
        set.put(GEO_COUNTRY_ISO_CODE, Countries.isoCode(client.country()).orElse(null));
        set.put(GEO_LOCALITY_NAME, client.city());
        set.putText(
                CxoneAttributes.CXONE_SPEARLINE_ANALYSIS,
                privacy.json(CxoneAttributes.CXONE_SPEARLINE_ANALYSIS, client.spearlineAnalysis()),
                LONGEST_JSON);
    }

    private static void putDerived(Leg leg, AttributeSet set) {
        Verdict verdict = leg.verdict();
        set.put(CxoneAttributes.CXONE_VOICE_QUALITY_VERDICT, verdict.grade().text());
        set.put(
                CxoneAttributes.CXONE_VOICE_QUALITY_REASON,
                verdict.reason().map(Quantity::configName).orElse(null));
        set.putBoolean(CxoneAttributes.CXONE_CALL_SHORT, leg.isShort().orElse(null));
        set.put(CxoneAttributes.CXONE_TIME_SOURCE, leg.times().received() ? RECEIVED : null);
    }

    private static void putNormal(
            AttributeKey<String> key, @Nullable String value, Map<String, String> synonyms, AttributeSet set) {
        if (value != null) {
            String lower = value.toLowerCase(Locale.ROOT);
            set.put(key, synonyms.getOrDefault(lower, lower));
        }
    }

    private static @Nullable String usable(@Nullable String contact) {
        return ContactKey.usable(contact) ? contact : null;
    }

    private static @Nullable Long number(OptionalInt code) {
        return code.isPresent() ? Long.valueOf(code.getAsInt()) : null;
    }
}
