package dev.cxotel.bridge.pipeline.patience;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.pipeline.patience.PipelineState.Condition;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a pipeline has to wait and try again.
 *
 * @param reason a fixed word in snake_case
 * @param message for a person
 * @param asked the wait that the destination asks for
 */
public record Trouble(Condition condition, String reason, String message, Optional<Duration> asked) {

    /** The destination does not answer or asks to come back later. */
    public static Trouble of(ExportResult.Retryable result) {
        return new Trouble(
                Condition.RETRYING,
                result.reason(),
                ExportResult.answer(result.status(), result.message()),
                result.after());
    }

    /** The destination does not accept the key. */
    public static Trouble of(ExportResult.Unauthorized result) {
        return new Trouble(
                Condition.UNAUTHORIZED,
                "unauthorized",
                ExportResult.answer(result.status(), result.message()),
                Optional.empty());
    }

    /** The destination's address or the way to it is wrong. */
    public static Trouble of(ExportResult.Misdirected result) {
        return new Trouble(
                Condition.MISDIRECTED,
                "misdirected",
                ExportResult.answer(result.status(), result.message()),
                Optional.empty());
    }

    /** The journal cannot be read or written. */
    public static Trouble of(JournalException failure) {
        return new Trouble(
                Condition.JOURNAL_FAILING, "journal", String.valueOf(failure.getMessage()), Optional.empty());
    }

    /** A bug in the bridge; of what was thrown only the name is said. */
    public static Trouble ofBug(Throwable bug) {
        return new Trouble(Condition.FAILING, "bug", bug.getClass().getSimpleName(), Optional.empty());
    }
}
