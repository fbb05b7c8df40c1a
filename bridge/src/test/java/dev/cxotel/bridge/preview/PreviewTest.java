package dev.cxotel.bridge.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneMetrics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreviewTest {

    private static final String PROTOBUF = "application/x-protobuf";

    private final HttpClient client = HttpClient.newHttpClient();
    private final PreviewStore store = new PreviewStore(InstantSource.system(), 16 << 20);
    private Preview preview;

    @BeforeEach
    void start() throws IOException {
        preview = Preview.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), store);
    }

    @AfterEach
    void stop() {
        preview.close();
        client.close();
    }

    @Test
    void post_spans_areDecodedAndCountedOnce() throws Exception {
        byte[] request = spans(
                span(1, "cxone-studio", Status.StatusCode.STATUS_CODE_ERROR, 250, "error.type", "500"),
                span(2, "cxone-studio", Status.StatusCode.STATUS_CODE_UNSET, 1000, "cxone.script.name", "main"),
                span(3, "cxone-voice", Status.StatusCode.STATUS_CODE_UNSET, 9000, "cxone.skill.name", "Billing"));

        assertThat(post("/v1/traces", PROTOBUF, request, false)).isEqualTo(200);
        assertThat(post("/v1/traces", PROTOBUF, request, true)).isEqualTo(200);

        assertThat(store.totals().spans()).isEqualTo(3);
        assertThat(store.totals().repeatedSpans()).isEqualTo(3);
        Readings readings = Readings.of(store);
        assertThat(readings.calls()).isEqualTo(2);
        assertThat(readings.legs()).isEqualTo(1);
        assertThat(readings.errors()).containsEntry("500", 1L).hasSize(1);
        assertThat(readings.scripts()).containsEntry("main", 1L).hasSize(1);
        assertThat(readings.skills()).containsEntry("Billing", 1L);
        assertThat(readings.latency().percentile(0.5)).hasValue(0.25);
        assertThat(readings.latency().percentile(1)).hasValue(1);
    }

    @Test
    void post_logs_areDecoded() throws Exception {
        LogRecord ofSpan = LogRecord.newBuilder()
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .setEventName("cxone.voice.quality")
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
                .setBody(AnyValue.newBuilder().setStringValue("poor"))
                .build();
        LogRecord alone =
                LogRecord.newBuilder().setEventName("cxone.voice.quality").build();
        byte[] request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(
                                ScopeLogs.newBuilder().addLogRecords(ofSpan).addLogRecords(alone)))
                .build()
                .toByteArray();

        post("/v1/logs", PROTOBUF, request, false);
        post("/v1/logs", PROTOBUF, request, false);

        assertThat(store.totals().logs())
                .as("one has a span, the other cannot be told apart")
                .isEqualTo(3);
        assertThat(Readings.of(store).logs()).containsEntry("cxone.voice.quality", 3L);
        assertThat(store.logs().getFirst().severity()).isIn("WARN", "UNSPECIFIED");
    }

    @Test
    void export_cumulative_lastPointCounts() {
        assertHistogram(
                AggregationTemporalitySelector.alwaysCumulative(), DefaultAggregationSelector.getDefault(), 12.5);
    }

    @Test
    void export_delta_pointsAddUp() {
        assertHistogram(AggregationTemporalitySelector.deltaPreferred(), DefaultAggregationSelector.getDefault(), 12.5);
    }

    @Test
    void export_exponential_bucketsAreRanges() {
        assertHistogram(
                AggregationTemporalitySelector.deltaPreferred(),
                DefaultAggregationSelector.getDefault()
                        .with(InstrumentType.HISTOGRAM, Aggregation.base2ExponentialBucketHistogram()),
                1);
    }

    @Test
    void post_otherThings_areAnsweredAsABackendAnswers() throws Exception {
        byte[] nonsense = "{\"resourceSpans\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThat(post("/v1/traces", "application/json", nonsense, false)).isEqualTo(415);
        assertThat(post("/v1/traces", PROTOBUF, nonsense, false)).isEqualTo(400);
        assertThat(post("/v1/else", PROTOBUF, nonsense, false)).isEqualTo(404);
        assertThat(client.send(
                                HttpRequest.newBuilder(preview.endpoint().resolve("/v1/traces"))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void post_gzipBomb_is413() throws Exception {
        assertThat(post("/v1/traces", PROTOBUF, new byte[Preview.MAX_BODY + 1], true))
                .isEqualTo(413);
    }

    private void assertHistogram(
            AggregationTemporalitySelector temporality, DefaultAggregationSelector aggregation, double tolerance) {
        Attributes main = Attributes.of(AttributeKey.stringKey("cxone.script.name"), "main");
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(preview.endpoint() + "/v1/metrics")
                .setAggregationTemporalitySelector(temporality)
                .setDefaultAggregationSelector(aggregation)
                .build();
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.builder(exporter)
                        .setInterval(Duration.ofHours(1))
                        .build())
                .build()) {
            DoubleHistogram latency = provider.get("test")
                    .histogramBuilder("cxone.script.api.duration")
                    .setUnit("s")
                    .build();
            for (int round = 0; round < 3; round++) {
                for (int value = 1; value <= 100; value++) {
                    latency.record(value, main);
                }
                provider.get("test")
                        .counterBuilder("cxone.voice.records")
                        .build()
                        .add(2, main);
                provider.forceFlush().join(60, TimeUnit.SECONDS);
            }
        }
        Readings readings = Readings.of(store);
        Amount total = readings.total(CxoneMetrics.CXONE_SCRIPT_API_DURATION);

        assertThat(total.count()).isEqualTo(300);
        assertThat(total.sum()).isCloseTo(15_150, within(1e-6));
        assertThat(total.percentile(0.5).orElseThrow()).isCloseTo(50, within(tolerance));
        assertThat(total.percentile(0.95).orElseThrow()).isCloseTo(95, within(2 * tolerance));
        assertThat(readings.total(CxoneMetrics.CXONE_VOICE_RECORDS).sum()).isEqualTo(6);
        assertThat(readings.totalBy(CxoneMetrics.CXONE_VOICE_RECORDS, CxoneAttributes.CXONE_SCRIPT_NAME))
                .containsEntry("main", 6.0);
        assertThat(store.metrics()).contains("cxone.script.api.duration", "cxone.voice.records");
    }

    private int post(String path, String type, byte[] body, boolean gzip) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(preview.endpoint().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(gzip ? gzip(body) : body));
        if (gzip) {
            request.header("Content-Encoding", "gzip");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }

    private static ResourceSpans span(
            int id, String service, Status.StatusCode status, long millis, String attribute, String value) {
        Span span = Span.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) id}))
                .setStartTimeUnixNano(1_000_000_000_000_000_000L)
                .setEndTimeUnixNano(1_000_000_000_000_000_000L + millis * 1_000_000)
                .setStatus(Status.newBuilder().setCode(status))
                .addAttributes(text(attribute, value))
                .build();
        return ResourceSpans.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span))
                .build();
    }

    private static byte[] spans(ResourceSpans... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addAllResourceSpans(java.util.List.of(spans))
                .build()
                .toByteArray();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
