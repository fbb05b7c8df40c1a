package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.ClientCertificate;
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
 * {@code otlp_http} and {@code otlp_grpc} and the resource's attributes have a meaning here. Everything else in it is a
 * warning.
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

    private static final Map<String, Protocol> EXPORTERS =
            Map.of("otlp_http", Protocol.HTTP_PROTOBUF, "otlp_grpc", Protocol.GRPC);

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
        Section resource = root.section("resource");
        ignored(resource, Set.of("attributes", "attributes_list"), "resource");
        Map<String, String> attributes = pairs(resource, "attributes_list");
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
                    ignored(own.section("exporter"), EXPORTERS.keySet(), key + "." + list + "." + kind + ".exporter");
                    for (String exporter : own.section("exporter").keys()) {
                        if (EXPORTERS.containsKey(exporter)) {
                            destinations.add(destination(signal, own, exporter, destinations.size()));
                        }
                    }
                }
            }
        }
        return destinations;
    }

    private DestinationConfig destination(String signal, Section item, String kind, int number) {
        Section exporter = item.section("exporter").section(kind);
        Protocol protocol = EXPORTERS.getOrDefault(kind, Protocol.HTTP_PROTOBUF);
        ignored(exporter, EXPORTER, kind);
        Section tls = exporter.section("tls");
        ignored(tls, Set.of("ca_file", "cert_file", "key_file", "insecure"), kind + ".tls");
        if (!exporter.text("encoding").orElse("protobuf").equals("protobuf")) {
            exporter.problem("encoding", "only protobuf is spoken");
        }
        Preset preset = Presets.collector();
        String usual = Endpoint.below(Endpoint.usual("http://localhost:4318", protocol), signal, protocol)
                .toString();
        String url = exporter.text("endpoint")
                .map(text -> protocol == Protocol.GRPC && !text.contains("://")
                        ? (tls.flag("insecure", false) ? "http://" : "https://") + text
                        : text)
                .orElse(usual);
        Optional<String> fault = Endpoint.fault(url, protocol);
        fault.ifPresent(text -> exporter.problem("endpoint", text));
        Map<String, URI> endpoints = Map.of(signal, URI.create(fault.isPresent() ? usual : url));
        String name = "otlp-" + signal + (number == 0 ? "" : "-" + number);
        return new DestinationConfig(
                name,
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
                file(tls, "ca_file"),
                proxy(name, protocol, endpoints),
                clientCertificate(tls),
                protocol,
                preset.badRequest(),
                false,
                preset.style(),
                Map.of(),
                Map.of());
    }

    private Map<String, String> headers(Section exporter) {
        Map<String, String> headers = pairs(exporter, "headers_list");
        for (Section header : exporter.sections("headers")) {
            header.text("name")
                    .ifPresent(name -> headers.put(name, header.text("value").orElse("")));
        }
        headers.forEach(
                (name, value) -> Headers.fault(name, value).ifPresent(fault -> exporter.problem("headers", fault)));
        return headers;
    }

    private Optional<URI> proxy(String name, Protocol protocol, Map<String, URI> endpoints) {
        return switch (protocol) {
            case HTTP_PROTOBUF -> proxies.of(endpoints.values());
            case GRPC -> {
                proxies.notOverGrpc(name, endpoints.values()).ifPresent(warnings::add);
                yield Optional.empty();
            }
        };
    }

    private static Optional<ClientCertificate> clientCertificate(Section tls) {
        if (tls.has("cert_file") != tls.has("key_file")) {
            tls.problem(
                    tls.has("cert_file") ? "cert_file" : "key_file",
                    "needs " + (tls.has("cert_file") ? "key_file" : "cert_file") + " too");
        }
        Optional<Path> key = file(tls, "key_file");
        return file(tls, "cert_file").flatMap(file -> key.map(secret -> new ClientCertificate(file, secret)));
    }

    private static Optional<Path> file(Section tls, String key) {
        Optional<Path> file = tls.text(key).flatMap(ConfigLoader::path);
        file.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> tls.problem(key, "the file " + path + " cannot be read"));
        return file;
    }

    /** The text {@code key=value,key=value}. */
    private Map<String, String> pairs(Section section, String key) {
        Map<String, String> texts = Map.of(key, section.text(key).orElse(""));
        return new LinkedHashMap<>(new OtelEnvironment(texts, problems, new ArrayList<>()).pairs(key));
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
                        + " is ignored; only OTLP exporters and resource attributes are read");
            }
        }
    }
}
