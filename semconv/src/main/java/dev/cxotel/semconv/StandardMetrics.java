package dev.cxotel.semconv;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** The metrics of OpenTelemetry's own conventions that may be exported beside those of this registry. */
public final class StandardMetrics {

    /**
     * The duration of HTTP client requests, as https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ defines it, with
     * its name, unit, bounds and attributes.
     */
    public static final MetricDefinition HTTP_CLIENT_REQUEST_DURATION = new MetricDefinition(
            "http.client.request.duration",
            MetricDefinition.Instrument.HISTOGRAM,
            "s",
            "Duration of HTTP client requests.",
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
            List.of(
                    AttributeKey.stringKey("http.request.method"),
                    AttributeKey.stringKey("server.address"),
                    AttributeKey.longKey("server.port"),
                    AttributeKey.longKey("http.response.status_code"),
                    AttributeKey.stringKey("error.type")),
            List.of());

    /** All of them; none is exported unless configuration says so. */
    public static final List<MetricDefinition> ALL = List.of(HTTP_CLIENT_REQUEST_DURATION);

    private StandardMetrics() {}
}
