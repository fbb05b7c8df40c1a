package dev.cxotel.bridge.otlp;

import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.exporter.internal.otlp.logs.LogsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.metrics.MetricsRequestMarshaler;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Telemetry as OTLP/JSON, one request without line breaks, as the Collector's file exporter writes it. The marshallers are
 * those of the exporter; they stand in a package that OpenTelemetry calls internal, and nowhere else but here.
 */
public final class OtlpJson {

    private OtlpJson() {}

    /** {@code {"resourceSpans":[…]}}. */
    public static String spans(Collection<SpanData> spans) {
        return json(TraceRequestMarshaler.create(spans));
    }

    /** {@code {"resourceLogs":[…]}}. */
    public static String logs(Collection<LogRecordData> logs) {
        return json(LogsRequestMarshaler.create(logs));
    }

    /** {@code {"resourceMetrics":[…]}}. */
    public static String metrics(Collection<MetricData> metrics) {
        return json(MetricsRequestMarshaler.create(metrics));
    }

    private static String json(Marshaler request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            request.writeJsonTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
