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
 * The body of an export request in OTLP's JSON encoding, on one line, as OpenTelemetry's own exporter marshals it: ids in
 * hexadecimal digits, 64-bit numbers as strings, enumerations as numbers. A backend takes each as it is.
 */
public final class OtlpJson {

    private OtlpJson() {}

    public static String spans(Collection<SpanData> spans) {
        return json(TraceRequestMarshaler.create(spans));
    }

    public static String metrics(Collection<MetricData> metrics) {
        return json(MetricsRequestMarshaler.create(metrics));
    }

    public static String logs(Collection<LogRecordData> logs) {
        return json(LogsRequestMarshaler.create(logs));
    }

    private static String json(Marshaler request) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try {
            request.writeJsonTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return json.toString(StandardCharsets.UTF_8);
    }
}
