package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.DestinationConfig.Style;
import dev.cxotel.bridge.config.DestinationConfig.Style.LateLogs;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.config.FileText;
import dev.cxotel.bridge.config.yaml.Section;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one backend: a file in {@code otel-config/presets}, with its variables and region filled in.
 *
 * @param endpoint the base URL; empty where every signal has its own
 * @param endpoints the full URLs of signals that are not at the usual path below the base
 * @param signals those that are sent when the destination does not say
 * @param onRequest those that are sent only when the destination says so
 */
record Preset(
        String name,
        String endpoint,
        Map<String, URI> endpoints,
        List<String> signals,
        List<String> onRequest,
        Map<String, String> headers,
        Map<String, Map<String, String>> signalHeaders,
        Map<String, FileText> headerFiles,
        Protocol protocol,
        BadRequest badRequest,
        boolean gzip,
        Temporality temporality,
        Histogram histogram,
        Duration timeout,
        Duration metricInterval,
        Duration batchDelay,
        long maxRequestBytes,
        int maxRequestItems,
        Duration minPointSpacing,
        Optional<Duration> maxMetricAge,
        Style style) {

    /** OpenTelemetry's words for the ways of OTLP. */
    private static final String AUTHORIZATION = "Authorization";

    /** @param region what stands for {@code {region}} in URLs */
    static Preset read(String name, Section file, String region) {
        Map<String, String> headers =
                new LinkedHashMap<>(file.section("headers").texts());
        Map<String, FileText> files = new HashMap<>(files(file.section("headers")));
        basicAuth(file.section("basic_auth"), headers, files);
        Map<String, Map<String, String>> signalHeaders = new LinkedHashMap<>();
        for (String signal : file.section("signal_headers").keys()) {
            Section own = file.section("signal_headers").section(signal);
            signalHeaders.put(signal, own.texts());
            files.putAll(files(own));
        }
        return new Preset(
                name,
                file.text("endpoint").orElse("").replace("{region}", region),
                endpoints(file.section("endpoints"), region),
                file.list("signals"),
                file.list("on_request"),
                headers,
                signalHeaders,
                files,
                file.choice("protocol", DestinationReader.PROTOCOLS, Protocol.HTTP_PROTOBUF),
                file.choice("bad_request", Words.of(BadRequest.values()), BadRequest.ALL_OR_NOTHING),
                file.text("compression").equals(Optional.of("gzip")),
                file.choice("temporality", Words.of(Temporality.values()), Temporality.CUMULATIVE),
                file.choice("histogram", Words.of(Histogram.values()), Histogram.EXPLICIT),
                file.duration("timeout", Duration.ofSeconds(10)),
                file.duration("metric_interval", Duration.ofSeconds(15)),
                file.duration("batch_delay", Duration.ofSeconds(1)),
                file.size("max_request_size", 1_000_000),
                file.integer("max_request_items", 512),
                file.duration("min_point_spacing", Duration.ZERO),
                age(file, "max_metric_age"),
                style(file, region));
    }

    /** Whether the backend takes it at all. */
    boolean takes(String signal) {
        return signals.contains(signal) || onRequest.contains(signal);
    }

    private static Map<String, URI> endpoints(Section file, String region) {
        Map<String, URI> endpoints = new LinkedHashMap<>();
        file.texts().forEach((signal, url) -> endpoints.put(signal, URI.create(url.replace("{region}", region))));
        return endpoints;
    }

    private static void basicAuth(Section basic, Map<String, String> headers, Map<String, FileText> files) {
        if (basic.keys().isEmpty()) {
            return;
        }
        String user = basic.text("user").orElse("");
        String password = basic.text("password").orElse("");
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        headers.put(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
        FileText text = basic.files("user")
                .orElse(FileText.of(user))
                .and(FileText.of(":"))
                .and(basic.files("password").orElse(FileText.of(password)));
        if (text.hasFiles()) {
            files.put(AUTHORIZATION, FileText.of("Basic ").and(new FileText(List.of(new FileText.Base64Of(text)))));
        }
    }

    private static Map<String, FileText> files(Section headers) {
        Map<String, FileText> files = new HashMap<>();
        headers.keys().forEach(name -> headers.files(name).ifPresent(text -> files.put(name, text)));
        return files;
    }

    private static Style style(Section file, String region) {
        return new Style(
                age(file, "max_span_age"),
                age(file, "max_log_age"),
                file.choice("late_logs", Words.of(LateLogs.values()), LateLogs.RESTAMP),
                file.integer("max_attributes", 0),
                file.integer("max_attribute_length", 0),
                file.integer("max_metric_attribute_length", 0),
                file.flag("event_name_attribute", false),
                file.section("span_attributes").texts(),
                file.list("metric_attributes"),
                file.text("trace_link").map(link -> link.replace("{region}", region)));
    }

    private static Optional<Duration> age(Section file, String key) {
        return file.has(key) ? Optional.of(file.duration(key, Duration.ZERO)) : Optional.empty();
    }
}
