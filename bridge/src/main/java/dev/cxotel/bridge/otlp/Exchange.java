package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of an exporter, from its caller to the sender below it and back. The SDK's exporters say only "failed"; the
 * sender, which runs on the same thread, leaves here what the backend really answered.
 */
final class Exchange {

    private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private @Nullable ExportResult result;

    private Exchange() {}

    /** What {@code export} came to. */
    static ExportResult of(Supplier<?> export) {
        Exchange exchange = new Exchange();
        ScopedValue.where(CURRENT, exchange).run(() -> {
            try {
                Object ignored = export.get();
            } catch (RuntimeException | StackOverflowError e) {
                report(new ExportResult.Refused(
                        0, true, "cannot be encoded: " + e.getClass().getSimpleName()));
            }
        });
        return Optional.ofNullable(exchange.result)
                .orElseGet(() -> new ExportResult.Retryable(0, Optional.empty(), "not_sent", "the exporter is closed"));
    }

    /** Tells the caller, if there is one that listens. */
    static void report(ExportResult result) {
        if (CURRENT.isBound()) {
            CURRENT.get().result = result;
        }
    }
}
