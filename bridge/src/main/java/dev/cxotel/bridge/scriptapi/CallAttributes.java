package dev.cxotel.bridge.scriptapi;

import static dev.cxotel.semconv.CoreAttributes.ERROR_TYPE;
import static dev.cxotel.semconv.CoreAttributes.HTTP_REQUEST_METHOD;
import static dev.cxotel.semconv.CoreAttributes.HTTP_RESPONSE_STATUS_CODE;
import static dev.cxotel.semconv.CoreAttributes.SERVER_ADDRESS;
import static dev.cxotel.semconv.CoreAttributes.SERVER_PORT;
import static dev.cxotel.semconv.CoreAttributes.SERVICE_PEER_NAME;
import static dev.cxotel.semconv.CoreAttributes.URL_FULL;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.mapping.AttributeSet;
import dev.cxotel.bridge.mapping.ContactKey;
import dev.cxotel.bridge.mapping.Text;
import dev.cxotel.bridge.mapping.Traces;
import dev.cxotel.bridge.mapping.privacy.Privacy;
import dev.cxotel.bridge.mapping.privacy.RedactedUrl;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.AttributeKey;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The mapping table of a script API call: from its fields to the attributes of span, log event and metric. */
final class CallAttributes {

    /** The longest {@code cxone.api.response.message}, status description and log body, in characters. */
    static final int LONGEST_MESSAGE = 1024;

    private static final int LONGEST_JSON = 4096;

    /** CXone does not tell the method. */
    private static final String UNKNOWN_METHOD = "_OTHER";

    /** Deprecated by OpenTelemetry, and still what service maps are drawn from. */
    private static final AttributeKey<String> PEER_SERVICE = AttributeKey.stringKey("peer.service");

    private final Privacy privacy;
    private final Traces traces;
    private final boolean exportUnmapped;
    private final Map<String, String> peers;

    CallAttributes(MappingConfig mapping, Traces traces) {
        this.privacy = new Privacy(mapping.privacy());
        this.traces = traces;
        this.peers = mapping.calls().peers();
        this.exportUnmapped = mapping.unknownFields() == MappingConfig.UnknownFields.VALUES;
    }

    /** What span and metric carry. */
    AttributeSet ofSpan(Interpretation interpretation) {
        AttributeSet set = ofLog(interpretation);
        set.put(HTTP_REQUEST_METHOD, UNKNOWN_METHOD);
        putPeer(interpretation.call(), set);
        if (interpretation.isRequest()) {
            set.put(CxoneAttributes.CXONE_API_PHASE, CxoneAttributes.CxoneApiPhaseValues.REQUEST);
        }
        ScriptApiCall call = interpretation.call();
        if (exportUnmapped && !call.unmapped().isEmpty()) {
            set.putText(
                    CxoneAttributes.CXONE_UNMAPPED,
                    privacy.json(CxoneAttributes.CXONE_UNMAPPED, call.unmapped()),
                    LONGEST_JSON);
        }
        return set;
    }

    /** What the log event carries: all that tells of the call itself. */
    AttributeSet ofLog(Interpretation interpretation) {
        ScriptApiCall call = interpretation.call();
        AttributeSet set = privacy.attributes();
        set.put(CxoneAttributes.CXONE_BUSINESS_UNIT_ID, traces.businessUnit(call.businessUnit()));
        set.put(CxoneAttributes.CXONE_MESSAGE_ID, call.messageId());
        set.put(CxoneAttributes.CXONE_CONTACT_ID, usable(call.contactId()));
        set.put(CxoneAttributes.CXONE_CONTACT_MASTER_ID, usable(call.masterContactId()));
        set.put(CxoneAttributes.CXONE_SCRIPT_ID, call.scriptId());
        set.put(CxoneAttributes.CXONE_SCRIPT_VERSION, call.scriptVersion());
        set.put(CxoneAttributes.CXONE_SCRIPT_NAME, call.scriptName());
        set.put(CxoneAttributes.CXONE_ACTION_ID, call.actionId());
        set.put(CxoneAttributes.CXONE_ACTION_NAME, call.actionName());
        set.put(CxoneAttributes.CXONE_ACTION_LABEL, call.actionLabel());
        if (call.endpoint() != null) {
            putEndpoint(privacy.url(call.endpoint()), set);
        }
        ResponseCode code = interpretation.code();
        set.putLong(HTTP_RESPONSE_STATUS_CODE, number(code.httpStatus()));
        set.put(ERROR_TYPE, code.errorType());
        set.put(
                CxoneAttributes.CXONE_API_RESPONSE_CODE,
                code.isFreeText()
                        ? privacy.message(CxoneAttributes.CXONE_API_RESPONSE_CODE, code.text())
                        : code.text());
        set.putText(CxoneAttributes.CXONE_API_RESPONSE_MESSAGE, message(call), LONGEST_MESSAGE);
        if (interpretation.times().received()) {
            set.put(CxoneAttributes.CXONE_TIME_SOURCE, CxoneAttributes.CxoneTimeSourceValues.RECEIVED);
        }
        return set;
    }

    /** The API's message, when it tells more than the code does; without personal data. */
    @Nullable
    String description(Interpretation interpretation) {
        String message = message(interpretation.call());
        return message != null
                        && !privacy.hides(CxoneAttributes.CXONE_API_RESPONSE_MESSAGE)
                        && interpretation.code().isToldMoreBy(message)
                ? Text.cut(message, LONGEST_MESSAGE)
                : null;
    }

    private @Nullable String message(ScriptApiCall call) {
        return privacy.message(CxoneAttributes.CXONE_API_RESPONSE_MESSAGE, call.responseMessage());
    }

    private static void putEndpoint(RedactedUrl endpoint, AttributeSet set) {
        set.put(URL_FULL, endpoint.full());
        set.put(SERVER_ADDRESS, endpoint.address().orElse(null));
        set.putLong(SERVER_PORT, number(endpoint.port()));
    }

    private void putPeer(ScriptApiCall call, AttributeSet set) {
        if (call.endpoint() != null && !peers.isEmpty()) {
            String peer = privacy.url(call.endpoint())
                    .address()
                    .map(host -> peers.get(host.toLowerCase(Locale.ROOT)))
                    .orElse(null);
            set.put(SERVICE_PEER_NAME, peer);
            set.put(PEER_SERVICE, peer);
        }
    }

    private static @Nullable String usable(@Nullable String contact) {
        return ContactKey.usable(contact) ? contact : null;
    }

    private static @Nullable Long number(OptionalInt number) {
        return number.isPresent() ? Long.valueOf(number.getAsInt()) : null;
    }
}
