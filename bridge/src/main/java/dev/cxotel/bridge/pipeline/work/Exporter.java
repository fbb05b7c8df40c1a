package dev.cxotel.bridge.pipeline.work;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import java.util.List;

/** The export of one signal by a destination. */
@FunctionalInterface
public interface Exporter<T> {
    /** Sends once and says what became of it. */
    ExportResult export(List<T> batch);
}
