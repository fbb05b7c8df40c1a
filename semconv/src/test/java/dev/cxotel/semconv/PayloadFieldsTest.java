package dev.cxotel.semconv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadFieldsTest {

    @Test
    void voiceQuality_fields_everyOneOfTheRecord() {
        assertThat(names(PayloadFields.VOICE_QUALITY))
                .containsExactlyInAnyOrder(
                        "ContactId",
                        "DataSource",
                        "MasterContactId",
                        "BusinessUnit",
                        "SkillId",
                        "SkillName",
                        "TeamId",
                        "TeamName",
                        "AgentId",
                        "Agent",
                        "DbKey",
                        "StartDateTime",
                        "EndDateTime",
                        "From",
                        "To",
                        "Direction",
                        "AvgJitter",
                        "AvgPktLoss",
                        "AvgMos",
                        "AvgRFactor",
                        "CallScore",
                        "Poc",
                        "LineType",
                        "DisconnectReason",
                        "Disposition",
                        "Callduration",
                        "Ringtime",
                        "Disconnecttime",
                        "Cluster",
                        "SipResponseCode",
                        "SipFailureCode",
                        "SipIsDroppedCode",
                        "SipAbandonedByOriginator",
                        "AvgBitrate",
                        "AvgRtt",
                        "IspProvider",
                        "CallSetupTime",
                        "OperatingSystem",
                        "OsVersion",
                        "LocationCountry",
                        "LocationCity",
                        "SdkVersion",
                        "Browser",
                        "ConnectionType",
                        "MediaTransport",
                        "AgentConsoleType",
                        "AgentConsoleVersion",
                        "spearlineAnalysis");
    }

    @Test
    void scriptApi_fields_everyOneOfTheEntryAndItsEnvelope() {
        assertThat(names(PayloadFields.SCRIPT_API))
                .containsExactlyInAnyOrder(
                        "busNo",
                        "messageId",
                        "contactId",
                        "masterContactId",
                        "scriptId/version",
                        "scriptName",
                        "actionId",
                        "actionName",
                        "actionLabel",
                        "dateTime",
                        "apiEndpoint",
                        "apiResponseCode",
                        "apiResponseMessage",
                        "responseTime");
        assertThat(names(PayloadFields.SCRIPT_API_ENVELOPE))
                .containsExactlyInAnyOrder("source", "event", "timestamp", "metadata");
    }

    @Test
    void avgMos_becomesAttributeAndMetricOfOneName() {
        PayloadField mos = field(PayloadFields.VOICE_QUALITY, "AvgMos");

        assertThat(mos.attributes()).containsExactly(CxoneAttributes.CXONE_VOICE_MOS);
        assertThat(mos.metric()).contains(CxoneMetrics.CXONE_VOICE_MOS);
    }

    @Test
    void locationCountry_becomesCodeAndRawText() {
        assertThat(field(PayloadFields.VOICE_QUALITY, "LocationCountry").attributes())
                .containsExactly(CoreAttributes.GEO_COUNTRY_ISO_CODE, CxoneAttributes.CXONE_LOCATION_COUNTRY);
    }

    @Test
    void startDateTime_becomesNoAttribute() {
        assertThat(field(PayloadFields.VOICE_QUALITY, "StartDateTime").attributes())
                .isEmpty();
    }

    @Test
    void privacy_whatNamesAPersonOrHoldsText_isMarked() {
        assertThat(field(PayloadFields.VOICE_QUALITY, "Agent").privacy()).isEqualTo(PrivacyClass.PERSONAL);
        assertThat(field(PayloadFields.VOICE_QUALITY, "From").privacy()).isEqualTo(PrivacyClass.PERSONAL);
        assertThat(field(PayloadFields.VOICE_QUALITY, "To").privacy()).isEqualTo(PrivacyClass.PERSONAL);
        assertThat(field(PayloadFields.VOICE_QUALITY, "LocationCity").privacy()).isEqualTo(PrivacyClass.LOCATION);
        assertThat(field(PayloadFields.VOICE_QUALITY, "Disposition").privacy()).isEqualTo(PrivacyClass.FREE_TEXT);
        assertThat(field(PayloadFields.SCRIPT_API, "apiEndpoint").privacy()).isEqualTo(PrivacyClass.URL);
        assertThat(field(PayloadFields.SCRIPT_API, "apiResponseMessage").privacy())
                .isEqualTo(PrivacyClass.FREE_TEXT);
    }

    private static List<String> names(List<PayloadField> fields) {
        return fields.stream().map(PayloadField::field).toList();
    }

    private static PayloadField field(List<PayloadField> fields, String name) {
        return fields.stream()
                .filter(field -> field.field().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
