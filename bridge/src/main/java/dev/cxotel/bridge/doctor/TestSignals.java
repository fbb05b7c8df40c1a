package dev.cxotel.bridge.doctor;

import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.dialect.Dialect;
import dev.cxotel.bridge.otlp.dialect.OnDemandReader;
import dev.cxotel.bridge.signal.BridgeLog;
import dev.cxotel.bridge.signal.BridgeSpan;
import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.semconv.CxoneEvents;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.semconv.ServiceAttributes;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One span, one metric and one log record that nobody takes for a call: each says that it is a test. */
record TestSignals(SpanContext context, Instant time, Attributes marks, Resource resource) {

    static final String SERVICE = "cxotel-doctor";

    private static final String NAME = "cxotel doctor";

    /**
     * @param traceId 32 hexadecimal digits
     * @param spanId 16 hexadecimal digits
     */
    static TestSignals at(Instant time, String traceId, String spanId) {
        Attributes marks = Attributes.of(CxotelAttributes.CXOTEL_TEST, true);
        return new TestSignals(
                SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault()),
                time,
                marks,
                Resource.create(marks.toBuilder()
                        .put(ServiceAttributes.SERVICE_NAME, SERVICE)
                        .build()));
    }

    /** Sends the one of the signal as a pipeline would. */
    ExportResult send(Signal signal, Destination destination) {
        Dialect dialect = new Dialect(destination.config().style());
        return switch (signal) {
            case TRACES -> destination.exportSpans(List.of(dialect.span(span())));
            case LOGS -> destination.exportLogs(List.of(dialect.log(log())));
            case METRICS -> destination.exportMetrics(metrics(destination));
        };
    }

    private BridgeSpan span() {
        long end = nanos(time);
        return new BridgeSpan(
                NAME,
                SpanKind.INTERNAL,
                context,
                SpanContext.getInvalid(),
                end - TimeUnit.MILLISECONDS.toNanos(1),
                end,
                StatusData.unset(),
                marks,
                marks.size(),
                resource);
    }

    private BridgeLog log() {
        return new BridgeLog(
                CxoneEvents.CXOTEL_DOCTOR_TEST,
                nanos(time),
                nanos(time),
                context,
                Severity.INFO,
                "cxotel doctor: a test",
                marks,
                marks.size(),
                resource);
    }

    private List<MetricData> metrics(Destination destination) {
        OnDemandReader reader = new OnDemandReader(destination.temporality(), destination.aggregation());
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(reader)
                .build()) {
            provider.get(Scope.NAME)
                    .counterBuilder(CxotelMetrics.CXOTEL_DOCTOR_TESTS.name())
                    .setUnit(CxotelMetrics.CXOTEL_DOCTOR_TESTS.unit())
                    .build()
                    .add(1, marks);
            return reader.collect();
        }
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
