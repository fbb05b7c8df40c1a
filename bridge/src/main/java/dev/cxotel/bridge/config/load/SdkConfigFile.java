package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.config.yaml.Document;
import dev.cxotel.bridge.config.yaml.Place;
import dev.cxotel.bridge.config.yaml.Problems;
import dev.cxotel.bridge.config.yaml.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file that {@code OTEL_CONFIG_FILE} names: OpenTelemetry's declarative configuration, of which the exporters
 * {@code otlp_http} and the resource's attributes have a meaning here. Everything else in it is a warning.
 */
final class SdkConfigFile {

    static final String VARIABLE = "OTEL_CONFIG_FILE";

    private static final Map<String, String> PROVIDERS =
            Map.of("traces", "tracer_provider", "metrics", "meter_provider", "logs", "logger_provider");
    private static final Set<String> EXPORTER = Set.of(
            "endpoint",
            "headers",
            "headers_list",
            "compression",
            "timeout",
            "encoding",
            "tls",
            "temporality_preference",
            "default_histogram_aggregation");

    private final Section root;
    private final List<String> warnings;
    private final Problems problems;
    private final EgressProxy proxies;

    private SdkConfigFile(Section root, List<String> warnings, Problems problems, EgressProxy proxies) {
        this.root = root;
        this.warnings = warnings;
        this.problems = problems;
        this.proxies = proxies;
    }

    /** Empty when the variable is unset or its file cannot be read, which is a problem. */
    static Optional<SdkConfigFile> of(
            Map<String, String> environment, Problems problems, List<String> warnings, EgressProxy proxies) {
        String name = environment.getOrDefault(VARIABLE, "").strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(Path.of(name));
            return Document.foreign(name, text, environment, problems)
                    .map(document -> new SdkConfigFile(document.root(), warnings, problems, proxies));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            problems.add(name, Place.NONE, "", "this file of " + VARIABLE + " cannot be read");
            return Optional.empty();
        }
    }

    /** The resource's attributes. */
    Map<String, String> resourceAttributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        Section resource = root.section("resource");
        ignored(resource, Set.of("attributes"), "resource");
        for (Section attribute : resource.sections("attributes")) {
            attribute
                    .text("name")
                    .ifPresent(
                            name -> attributes.put(name, attribute.text("value").orElse("")));
        }
        return attributes;
    }

    /** One for each exporter. */
    List<DestinationConfig> destinations() {
        ignored(root, Set.of("file_format", "resource", "tracer_provider", "meter_provider", "logger_provider"), "");
        List<DestinationConfig> destinations = new ArrayList<>();
        for (String signal : Endpoint.SIGNALS) {
            String key = PROVIDERS.getOrDefault(signal, "");
            String list = signal.equals("metrics") ? "readers" : "processors";
            ignored(root.section(key), Set.of(list), key);
            for (Section item : root.section(key).sections(list)) {
                for (String kind : item.keys()) {
                    Section own = item.section(kind);
                    ignored(own, Set.of("exporter", "interval", "schedule_delay"), key + "." + list + "." + kind);
                    ignored(own.section("exporter"), Set.of("otlp_http"), key + "." + list + "." + kind + ".exporter");
                    if (own.section("exporter").has("otlp_http")) {
                        destinations.add(destination(signal, own, destinations.size()));
                    }
                }
            }
        }
        return destinations;
    }

    private DestinationConfig destination(String signal, Section item, int number) {
        Section exporter = item.section("exporter").section("otlp_http");
        ignored(exporter, EXPORTER, "otlp_http");
        if (!exporter.text("encoding").orElse("protobuf").equals("protobuf")) {
            exporter.problem("encoding", "only protobuf is spoken");
        }
        Preset preset = Presets.collector();
        String url = exporter.text("endpoint").orElse("http://localhost:4318/v1/" + signal);
        Optional<String> fault = Endpoint.fault(url, Protocol.HTTP_PROTOBUF);
        fault.ifPresent(text -> exporter.problem("endpoint", text));
        Map<String, URI> endpoints =
                Map.of(signal, URI.create(fault.isPresent() ? "http://localhost:4318/v1/" + signal : url));
        return new DestinationConfig(
                "otlp-" + signal + (number == 0 ? "" : "-" + number),
                preset.name(),
                endpoints,
                headers(exporter),
                exporter.text("compression").orElse("none").equals("gzip"),
                exporter.text("temporality_preference").orElse("cumulative").equals("cumulative")
                        ? Temporality.CUMULATIVE
                        : Temporality.DELTA,
                exporter.text("default_histogram_aggregation").orElse("").startsWith("base2")
                        ? Histogram.EXPONENTIAL
                        : Histogram.EXPLICIT,
                Set.of(),
                milliseconds(item, "interval", Duration.ofSeconds(60)),
                milliseconds(item, "schedule_delay", preset.batchDelay()),
                milliseconds(exporter, "timeout", preset.timeout()),
                preset.maxRequestBytes(),
                preset.maxRequestItems(),
                preset.minPointSpacing(),
                preset.maxMetricAge(),
                signal.equals("metrics"),
                exporter.section("tls").text("ca_file").map(Path::of),
                proxies.of(endpoints.values()),
                Optional.empty(),
                preset.protocol(),
                preset.badRequest(),
                false,
                preset.style(),
                Map.of(),
                Map.of());
    }

    private Map<String, String> headers(Section exporter) {
        Map<String, String> headers = new LinkedHashMap<>(new OtelEnvironment(
                        Map.of("headers_list", exporter.text("headers_list").orElse("")), problems, new ArrayList<>())
                .pairs("headers_list"));
        for (Section header : exporter.sections("headers")) {
            header.text("name")
                    .ifPresent(name -> headers.put(name, header.text("value").orElse("")));
        }
        headers.forEach(
                (name, value) -> Headers.fault(name, value).ifPresent(fault -> exporter.problem("headers", fault)));
        return headers;
    }

    private static Duration milliseconds(Section section, String key, Duration absent) {
        int value = section.integer(key, (int) absent.toMillis());
        if (value <= 0) {
            section.problem(key, "must be a number of milliseconds above 0");
            return absent;
        }
        return Duration.ofMillis(value);
    }

    private void ignored(Section section, Set<String> known, String path) {
        for (String key : section.keys()) {
            if (!known.contains(key)) {
                warnings.add(VARIABLE + ": " + (path.isEmpty() ? "" : path + ".") + key
                        + " is ignored; only otlp_http exporters and resource attributes are read");
            }
        }
    }
}
