package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.otlp.answer.ExportResult;
import java.util.List;

/** The export of one signal by a destination. */
@FunctionalInterface
interface Exporter<T> {
    ExportResult export(List<T> batch);
}
