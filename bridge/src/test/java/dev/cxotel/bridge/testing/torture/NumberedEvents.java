package dev.cxotel.bridge.testing.torture;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Events with a number, which a backend can read from what arrives. The same number always gives the same bytes, so that
 * a repeat is a redelivery. {@link NumberedContacts} says which of them tell of the same contact.
 */
public final class NumberedEvents {

    /** What a number stands for. */
    enum Kind {
        /** A voice-quality record: a span, measurements, a log record. */
        RECORD,
        /** A script API call that went well: a span, a measurement. */
        CALL,
        /** A script API call that failed: a span, a measurement, a log record. */
        FAILED_CALL
    }

    static final String CALL_DURATION = "cxone.script.api.duration";
    static final String MOS = "cxone.voice.mos";

    private static final int FIRST_CONTACT = 1_000_000;
    private static final String CONTACT = "cxone.contact.id";
    private static final Instant FIRST = Instant.ofEpochSecond(1_790_000_000L);
    private static final DateTimeFormatter CXONE_TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private NumberedEvents() {}

    static Kind kind(int number) {
        return switch (number % 4) {
            case 0 -> Kind.RECORD;
            case 1 -> Kind.FAILED_CALL;
            default -> Kind.CALL;
        };
    }

    /** How many of the numbers from 1 to {@code last} are of the kind. */
    static long count(Kind kind, int last) {
        long count = 0;
        for (int number = 1; number <= last; number++) {
            count += kind(number) == kind ? 1 : 0;
        }
        return count;
    }

    /**
     * The webhook of an event.
     *
     * @param copies how often it holds the event
     * @param padding blanks at its end
     */
    public static String body(int number, int copies, int padding) {
        String body = kind(number) == Kind.RECORD
                ? "[" + String.join(",", Collections.nCopies(copies, record(number))) + "]"
                : calls(Collections.nCopies(copies, call(number)));
        return body + " ".repeat(padding);
    }

    /** One webhook with all of the calls from {@code first}; none of them is a record. */
    public static String batch(int first, int count) {
        return calls(java.util.stream.IntStream.range(first, first + count)
                .mapToObj(NumberedEvents::call)
                .toList());
    }

    /** The number of the event that a span or log record came of. */
    static OptionalInt number(List<KeyValue> attributes) {
        for (KeyValue attribute : attributes) {
            if (attribute.getKey().equals(CONTACT)) {
                int number = Integer.parseInt(attribute.getValue().getStringValue()) - FIRST_CONTACT;
                return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private static String calls(List<String> entries) {
        return """
                {"source":"NICE","event":"SCRIPT_API_MONITORING ","timestamp":"%s","metadata":"%s"}""".formatted(CXONE_TIME.format(FIRST), ("[" + String.join(",", entries) + "]").replace("\"", "\\\""));
    }

    private static String call(int number) {
        boolean failed = kind(number) == Kind.FAILED_CALL;
        return """
                {"busNo":"4600000","messageId":"call-%d","contactId":"%d","masterContactId":"%s",\
                "scriptId/version":"130000000","scriptName":"sub_webservice","actionId":"40","actionName":"Snippet",\
                "actionLabel":"Call","dateTime":"%s","apiEndpoint":"https://api.example.com/orders",\
                "apiResponseCode":"%d","apiResponseMessage":"%s","responseTime":"0.250000"}""".formatted(
                        number,
                        FIRST_CONTACT + number,
                        NumberedContacts.master(NumberedContacts.of(number)),
                        CXONE_TIME.format(at(number)),
                        failed ? 503 : 200,
                        failed ? "no upstream" : "SUCESS");
    }

    private static String record(int number) {
        return """
                {"ContactId":%d,"DataSource":"SBC EXMS","MasterContactId":%s,"BusinessUnit":1337,"SkillId":4,\
                "SkillName":"Sales","AgentId":1174,"StartDateTime":"%s","EndDateTime":"%s","AvgJitter":12.5,\
                "AvgPktLoss":0.5,"AvgMos":4.31,"LineType":"webRTC","LocationCountry":"England"}""".formatted(
                        FIRST_CONTACT + number,
                        NumberedContacts.master(NumberedContacts.of(number)),
                        start(number),
                        at(number));
    }

    /** When the event began. */
    static Instant start(int number) {
        return kind(number) == Kind.RECORD
                ? at(number).minusSeconds(60)
                : at(number).minusMillis(250);
    }

    /** When it ended. */
    static Instant at(int number) {
        return FIRST.plusSeconds(number % 3600);
    }
}
