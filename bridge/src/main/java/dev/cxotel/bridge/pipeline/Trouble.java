package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.pipeline.PipelineState.Condition;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a pipeline has to wait and try again.
 *
 * @param reason a fixed word in snake_case
 * @param message for a person
 * @param asked the wait that the destination asks for
 */
record Trouble(Condition condition, String reason, String message, Optional<Duration> asked) {

    static Trouble of(ExportResult.Retryable result) {
        return new Trouble(
                Condition.RETRYING,
                result.reason(),
                ExportResult.answer(result.status(), result.message()),
                result.after());
    }

    static Trouble of(ExportResult.Unauthorized result) {
        return new Trouble(
                Condition.UNAUTHORIZED,
                "unauthorized",
                ExportResult.answer(result.status(), result.message()),
                Optional.empty());
    }

    static Trouble of(JournalException failure) {
        return new Trouble(
                Condition.JOURNAL_FAILING, "journal", String.valueOf(failure.getMessage()), Optional.empty());
    }

    static Trouble ofBug(Throwable bug) {
        return new Trouble(Condition.FAILING, "bug", bug.getClass().getSimpleName(), Optional.empty());
    }
}
