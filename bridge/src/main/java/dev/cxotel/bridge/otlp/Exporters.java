package dev.cxotel.bridge.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.util.List;

/** The SDK's exporters over one protocol, which send through this package's senders and never retry. */
interface Exporters {
    SpanExporter spans(URI endpoint);

    MetricExporter metrics(URI endpoint);

    LogRecordExporter logs(URI endpoint);

    /** A loader that knows one component. */
    static ComponentLoader only(Object component) {
        return new ComponentLoader() {
            @Override
            public <T> Iterable<T> load(Class<T> type) {
                return type.isInstance(component) ? List.of(type.cast(component)) : List.of();
            }
        };
    }
}
