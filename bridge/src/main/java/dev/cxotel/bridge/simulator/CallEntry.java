package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.simulator.World.Action;
import dev.cxotel.bridge.simulator.World.Script;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a script event's {@code metadata}: the 14 fields in the order of NICE's example, all text, and what is
 * true of it.
 */
record CallEntry(Map<String, @Nullable Object> fields, Fact.Call fact) {

    /** The longest that a REST action waits: 90 s (CXone's help page of the action). */
    private static final double LONGEST = 89.9;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("M/d/uuuu h:mm:ss a", Locale.US);
    private static final DateTimeFormatter PADDED_TIME = DateTimeFormatter.ofPattern("M/d/uuuu hh:mm:ss a", Locale.US);

    /**
     * An answer.
     *
     * @param errorType what the code must be read as; empty: no error
     */
    private record Answer(
            String code, String message, @Nullable String errorType) {}

    private static final List<Answer> FINE = List.of(
            new Answer("200", "SUCESS", null),
            new Answer("200", "SUCCESS", null),
            new Answer("201", "Created", null),
            new Answer("200 OK", "OK", null),
            new Answer("204", "", null),
            new Answer("302", "Found", null));

    private static final List<Answer> FAILED = List.of(
            new Answer("500", "Internal Server Error", "500"),
            new Answer("404", "{\"error\":\"no such customer\"}", "404"),
            new Answer("503", "upstream connect error or disconnect before headers", "503"),
            new Answer("-1", "The remote name could not be resolved", "cxone_internal"),
            new Answer("0", "", "no_response"),
            new Answer("TIMEOUT", "The operation has timed out", "_OTHER"),
            new Answer("429", "Too Many Requests", "429"));

    /** The call with its answer. */
    static CallEntry answered(
            Contact contact,
            World world,
            Script script,
            Action action,
            String messageId,
            Instant end,
            ZoneId zone,
            RandomGenerator random) {
        boolean broken =
                contact.moment() == BadMoment.FAILING_SCRIPT && script.name().equals(World.FAILING_SCRIPT);
        boolean slow =
                contact.moment() == BadMoment.SLOW_API && action.endpoint().contains(World.SLOW_HOST);
        boolean failed = random.nextDouble() < (broken ? 0.7 : action.failing());
        Answer answer = failed
                ? broken ? FAILED.getFirst() : World.pickByRank(FAILED, random)
                : random.nextDouble() < 0.9 ? FINE.getFirst() : World.pick(FINE, random);
        double seconds = action.seconds() * Math.exp(0.5 * random.nextGaussian()) * (slow ? 8 : 1);
        String text = random.nextInt(50) == 0
                ? "1.000000"
                : String.format(
                        Locale.ROOT, "%.6f", Math.min(LONGEST, answer.code().equals("TIMEOUT") ? 30 : seconds));
        Map<String, @Nullable Object> fields = head(contact, world, script, action, messageId, end, zone);
        fields.put("apiResponseCode", answer.code());
        fields.put("apiResponseMessage", answer.message());
        fields.put("responseTime", text);
        return new CallEntry(
                fields,
                new Fact.Call(
                        contact.masterId(),
                        script.name(),
                        action.name(),
                        Optional.of(Double.valueOf(text)),
                        Optional.ofNullable(answer.errorType()),
                        fields));
    }

    /** The request alone, before there is an answer: no code, no time. */
    static CallEntry requested(
            Contact contact, World world, Script script, Action action, String messageId, Instant at, ZoneId zone) {
        Map<String, @Nullable Object> fields = head(contact, world, script, action, messageId, at, zone);
        fields.put("apiResponseCode", "");
        fields.put("apiResponseMessage", "");
        fields.put("responseTime", "");
        return new CallEntry(
                fields,
                new Fact.Call(
                        contact.masterId(), script.name(), action.name(), Optional.empty(), Optional.empty(), fields));
    }

    /** The envelope's time is padded, an entry's is not: so it is in NICE's example. */
    static String envelopeTime(Instant at, ZoneId zone) {
        return PADDED_TIME.format(at.atZone(zone));
    }

    private static Map<String, @Nullable Object> head(
            Contact contact, World world, Script script, Action action, String messageId, Instant at, ZoneId zone) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("busNo", world.businessUnit());
        fields.put("messageId", messageId);
        fields.put("contactId", String.valueOf(contact.id()));
        fields.put("masterContactId", String.valueOf(contact.masterId()));
        fields.put("scriptId/version", script.id());
        fields.put("scriptName", script.name());
        fields.put("actionId", String.valueOf(action.id()));
        fields.put("actionName", action.name());
        fields.put("actionLabel", action.label());
        fields.put("dateTime", TIME.format(at.atZone(zone)));
        fields.put("apiEndpoint", action.endpoint());
        return fields;
    }
}
