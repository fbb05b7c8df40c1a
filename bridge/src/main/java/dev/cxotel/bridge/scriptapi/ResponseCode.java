package dev.cxotel.bridge.scriptapi;

import dev.cxotel.bridge.config.MappingConfig;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code apiResponseCode} says. A leading integer counts, so that {@code 200 OK} is 200: 100 to 399 went well,
 * 400 to 599 are errors with the code as their type, a negative number is an error inside CXone, 0 means that there was
 * no response. {@code ok}, {@code success} and NICE's {@code sucess} went well. An absent code says nothing: the event
 * may be the request. Anything else is an error of type {@code _OTHER}.
 *
 * @param text as CXone wrote it, or null
 * @param httpStatus from 100 to 599
 * @param errorType null unless the call failed; of low cardinality
 */
record ResponseCode(
        @Nullable String text,
        OptionalInt httpStatus,
        @Nullable String errorType) {

    private static final Pattern LEADING_INTEGER = Pattern.compile("\\A\\s*([+-]?)0*(\\d+)");
    private static final Set<String> WORDS_FOR_WELL = Set.of("ok", "success", "sucess");
    private static final int LONGEST_STATUS = 3;

    private static final Pattern NO_LETTER_OR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** RFC 9110's reason phrases for errors; a message that is no more than this says nothing new. */
    private static final Map<Integer, String> REASON_PHRASES = Map.ofEntries(
            Map.entry(400, "badrequest"),
            Map.entry(401, "unauthorized"),
            Map.entry(402, "paymentrequired"),
            Map.entry(403, "forbidden"),
            Map.entry(404, "notfound"),
            Map.entry(405, "methodnotallowed"),
            Map.entry(406, "notacceptable"),
            Map.entry(408, "requesttimeout"),
            Map.entry(409, "conflict"),
            Map.entry(410, "gone"),
            Map.entry(413, "contenttoolarge"),
            Map.entry(415, "unsupportedmediatype"),
            Map.entry(422, "unprocessablecontent"),
            Map.entry(429, "toomanyrequests"),
            Map.entry(500, "internalservererror"),
            Map.entry(501, "notimplemented"),
            Map.entry(502, "badgateway"),
            Map.entry(503, "serviceunavailable"),
            Map.entry(504, "gatewaytimeout"));

    static ResponseCode of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return new ResponseCode(null, OptionalInt.empty(), null);
        }
        Matcher integer = LEADING_INTEGER.matcher(text);
        if (integer.lookingAt()) {
            return ofInteger(text, integer.group(1).equals("-"), integer.group(2));
        }
        boolean well = WORDS_FOR_WELL.contains(text.strip().toLowerCase(Locale.ROOT));
        return new ResponseCode(text, OptionalInt.empty(), well ? null : "_OTHER");
    }

    /**
     * @param digits without leading zeros, unless it is one zero
     */
    private static ResponseCode ofInteger(String text, boolean negative, String digits) {
        if (digits.equals("0")) {
            return new ResponseCode(text, OptionalInt.empty(), "no_response");
        }
        if (negative) {
            return new ResponseCode(text, OptionalInt.empty(), "cxone_internal");
        }
        if (digits.length() != LONGEST_STATUS || digits.charAt(0) > '5') {
            return new ResponseCode(text, OptionalInt.empty(), "_OTHER");
        }
        int status = Integer.parseInt(digits);
        return new ResponseCode(text, OptionalInt.of(status), status >= 400 ? digits : null);
    }

    /** The same, as configuration wants its end to be told. */
    ResponseCode under(MappingConfig.Calls calls) {
        if (text == null || errorType == null) {
            return this;
        }
        if (httpStatus.isPresent() && calls.okStatus().contains(httpStatus.getAsInt())) {
            return new ResponseCode(text, httpStatus, null);
        }
        String own = calls.errorTypes().get(text.strip().toLowerCase(Locale.ROOT));
        return own == null ? this : new ResponseCode(text, httpStatus, own);
    }

    boolean absent() {
        return text == null;
    }

    boolean failed() {
        return errorType != null;
    }

    /** Whether the code is words instead of a number. */
    boolean isFreeText() {
        return text != null && !LEADING_INTEGER.matcher(text).lookingAt();
    }

    /** What happened, for a person. */
    String sentence() {
        if (errorType == null) {
            return "The API answered.";
        }
        if (httpStatus.isPresent()) {
            return "The API answered " + httpStatus.getAsInt() + ".";
        }
        return switch (errorType) {
            case "cxone_internal" -> "CXone failed at the API call.";
            case "no_response" -> "The API did not respond.";
            case "_OTHER" -> "The API answered with a code that is not HTTP's.";
            default -> "The API call failed: " + errorType + ".";
        };
    }

    /** Whether {@code message} tells a person more than the code and its reason phrase do. */
    boolean isToldMoreBy(String message) {
        String told = letters(message);
        if (text != null && told.equals(letters(text))) {
            return false;
        }
        if (httpStatus.isEmpty()) {
            return !told.isEmpty();
        }
        String status = String.valueOf(httpStatus.getAsInt());
        String rest = told.startsWith(status) ? told.substring(status.length()) : told;
        return !rest.isEmpty() && !rest.equals(REASON_PHRASES.get(httpStatus.getAsInt()));
    }

    private static String letters(String text) {
        return NO_LETTER_OR_DIGIT.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
