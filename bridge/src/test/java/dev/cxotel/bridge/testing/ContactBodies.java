package dev.cxotel.bridge.testing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Webhooks' bodies that tell of contacts. */
public final class ContactBodies {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private ContactBodies() {}

    /** One API call of business unit 1337. */
    public record Call(long contact, String messageId, Instant at, String code) {}

    /** One script event with an entry per call. */
    public static String calls(List<Call> calls) {
        return calls.stream()
                .map(call -> """
                        {"busNo":1337,"messageId":"%s","contactId":%d,"masterContactId":%d,"scriptId":"7/1",\
                        "scriptName":"ivr","actionId":"3","actionName":"Snippet","dateTime":"%s",\
                        "apiEndpoint":"https://api.example.com/x","apiResponseCode":"%s","apiResponseMessage":"",\
                        "responseTime":"1.000000"}""".formatted(
                        call.messageId(), call.contact(), call.contact(), DATE_TIME.format(call.at()), call.code()))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** One voice-quality record of business unit 1337. */
    public static String leg(long contact, Instant start, Instant end, double mos) {
        return """
                {"ContactId":%d,"MasterContactId":%d,"BusinessUnit":1337,"DataSource":"probe","StartDateTime":"%s",\
                "EndDateTime":"%s","AvgMos":%s}""".formatted(contact, contact, start, end, mos);
    }
}
