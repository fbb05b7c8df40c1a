package dev.cxotel.bridge.voicequality;

import dev.cxotel.bridge.mapping.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the SIP dialogue of a leg ended.
 *
 * @param responseCode 100-699, as RFC 3261 has them
 * @param failureCode 100-699
 * @param errorType {@code sip_<code>} for 400-699 except 486 (busy), 487 (cancelled) and 603 (declined), which are ends
 *     that people choose; else {@code dropped}; empty when neither is so
 * @param missing the fields that hold a sentinel, 0 or -1
 * @param suspect the fields that hold no SIP code
 */
record SipOutcome(
        OptionalInt responseCode,
        OptionalInt failureCode,
        Optional<String> errorType,
        List<String> missing,
        List<String> suspect) {

    static final String RESPONSE = "SipResponseCode";
    static final String FAILURE = "SipFailureCode";
    static final String DROPPED = "dropped";

    private static final Set<Integer> CHOSEN_ENDS = Set.of(486, 487, 603);
    private static final Set<String> NOT_DROPPED = Set.of("", "false", "no", "n", "f", "none", "null");
    private static final Set<String> WAS_DROPPED = Set.of("true", "yes", "y", "t", DROPPED);
    private static final Pattern LEADING_INTEGER =
            Pattern.compile("(-?\\d{1,9})(?:\\.0{1,9})?(?!\\d).*", Pattern.DOTALL);
    private static final int LONGEST_CODE = 256;

    static SipOutcome of(VoiceQualityRecord.Sip sip) {
        List<String> missing = new ArrayList<>();
        List<String> suspect = new ArrayList<>();
        OptionalInt response = code(RESPONSE, sip.responseCode(), missing, suspect);
        OptionalInt failure = code(FAILURE, sip.failureCode(), missing, suspect);
        Optional<String> error = error(failure)
                .or(() -> error(response))
                .or(() -> dropped(sip.droppedCode()) ? Optional.of(DROPPED) : Optional.empty());
        return new SipOutcome(response, failure, error, missing, suspect);
    }

    private static OptionalInt code(
            String field, @Nullable String written, List<String> missing, List<String> suspect) {
        if (written == null) {
            return OptionalInt.empty();
        }
        OptionalInt code = leadingInteger(written);
        if (code.isPresent() && (code.getAsInt() == 0 || code.getAsInt() == -1)) {
            missing.add(field);
            return OptionalInt.empty();
        }
        if (code.isEmpty() || code.getAsInt() < 100 || code.getAsInt() > 699) {
            suspect.add(field);
            return OptionalInt.empty();
        }
        return code;
    }

    private static Optional<String> error(OptionalInt code) {
        return code.isPresent() && code.getAsInt() >= 400 && !CHOSEN_ENDS.contains(code.getAsInt())
                ? Optional.of("sip_" + code.getAsInt())
                : Optional.empty();
    }

    /** The field's type is not documented: a flag, or a code that is positive when the call was dropped. */
    private static boolean dropped(@Nullable String written) {
        if (written == null) {
            return false;
        }
        String word = written.strip().toLowerCase(Locale.ROOT);
        if (NOT_DROPPED.contains(word)) {
            return false;
        }
        OptionalInt code = leadingInteger(word);
        return WAS_DROPPED.contains(word) || (code.isPresent() && code.getAsInt() > 0);
    }

    /** {@code 486 Busy Here} is 486. */
    private static OptionalInt leadingInteger(String text) {
        Matcher integer = LEADING_INTEGER.matcher(Text.cut(text, LONGEST_CODE).strip());
        return integer.matches() ? OptionalInt.of(Integer.parseInt(integer.group(1))) : OptionalInt.empty();
    }
}
