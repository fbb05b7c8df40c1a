package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.ClientCertificate;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The destination that {@code OTEL_EXPORTER_OTLP_*} and {@code OTEL_{TRACES,METRICS,LOGS}_EXPORTER} describe. Signals
 * whose settings differ in more than the URL become destinations of their own: {@code otlp} bears the general settings,
 * {@code otlp-logs} those of the logs.
 */
final class OtlpVariables {

    private static final String PREFIX = "OTEL_EXPORTER_OTLP_";
    private static final String NAME = "otlp";
    private static final String DEFAULT_ENDPOINT = "http://localhost:4318";
    private static final Map<String, Boolean> COMPRESSION = new TreeMap<>(Map.of("gzip", true, "none", false));
    private static final Map<String, Boolean> EXPORTERS = new TreeMap<>(Map.of("otlp", true, "none", false));
    private static final Map<String, Temporality> TEMPORALITY = new TreeMap<>(
            Map.of("cumulative", Temporality.CUMULATIVE, "delta", Temporality.DELTA, "lowmemory", Temporality.DELTA));
    private static final Map<String, Histogram> HISTOGRAM = new TreeMap<>(Map.of(
            "explicit_bucket_histogram",
            Histogram.EXPLICIT,
            "base2_exponential_bucket_histogram",
            Histogram.EXPONENTIAL));
    private static final Map<String, Boolean> INSECURE = new TreeMap<>(Map.of("true", true, "false", false));

    private final Map<String, String> environment;
    private final OtelEnvironment otel;
    private final EgressProxy proxies;
    private final List<String> warnings;

    OtlpVariables(Map<String, String> environment, OtelEnvironment otel, EgressProxy proxies, List<String> warnings) {
        this.environment = environment;
        this.otel = otel;
        this.proxies = proxies;
        this.warnings = warnings;
    }

    /** The variables that are set and would make a destination. */
    List<String> names() {
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX)
                        || Endpoint.SIGNALS.stream().anyMatch(signal -> name.equals(exporter(signal))))
                .filter(name -> otel.get(name).isPresent())
                .sorted()
                .toList();
    }

    /** Empty when no variable names a destination, or every signal has the exporter {@code none}. */
    List<DestinationConfig> destinations() {
        if (names().isEmpty()) {
            return List.of();
        }
        Map<Settings, Map<String, URI>> groups = new LinkedHashMap<>();
        Settings general = settings("");
        for (String signal : Endpoint.SIGNALS) {
            boolean wanted = otel.choice(exporter(signal), EXPORTERS)
                    .orElse(names().stream().anyMatch(name -> name.startsWith(PREFIX)));
            if (wanted) {
                groups.computeIfAbsent(settings(signal), settings -> new LinkedHashMap<>())
                        .put(signal, endpoint(signal, settings(signal).protocol));
            }
        }
        List<DestinationConfig> destinations = new ArrayList<>();
        groups.forEach((settings, endpoints) -> destinations.add(destination(
                settings.equals(general) || groups.size() == 1
                        ? NAME
                        : NAME + "-" + String.join("-", endpoints.keySet()),
                settings,
                endpoints)));
        return destinations;
    }

    private DestinationConfig destination(String name, Settings settings, Map<String, URI> endpoints) {
        Preset preset = Presets.collector();
        return new DestinationConfig(
                name,
                preset.name(),
                endpoints,
                settings.headers,
                settings.gzip,
                otel.choice(PREFIX + "METRICS_TEMPORALITY_PREFERENCE", TEMPORALITY)
                        .orElse(preset.temporality()),
                otel.choice(PREFIX + "METRICS_DEFAULT_HISTOGRAM_AGGREGATION", HISTOGRAM)
                        .orElse(preset.histogram()),
                Set.of(),
                otel.metricInterval().orElse(preset.metricInterval()),
                otel.batchDelay().orElse(preset.batchDelay()),
                settings.timeout,
                preset.maxRequestBytes(),
                preset.maxRequestItems(),
                preset.minPointSpacing(),
                preset.maxMetricAge(),
                endpoints.containsKey("metrics"),
                settings.ca,
                proxy(name, settings.protocol, endpoints),
                settings.clientCertificate,
                settings.protocol,
                DestinationConfig.BadRequest.ALL_OR_NOTHING,
                false,
                DestinationConfig.Style.PLAIN,
                Map.of(),
                Map.of());
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

    /** A signal's settings but its URL; the general ones for an empty signal. */
    private Settings settings(String signal) {
        return new Settings(
                otel.choice(variable(signal, "PROTOCOL"), DestinationReader.PROTOCOLS)
                        .orElse(Protocol.HTTP_PROTOBUF),
                headers(variable(signal, "HEADERS")),
                otel.choice(variable(signal, "COMPRESSION"), COMPRESSION)
                        .orElse(Presets.collector().gzip()),
                otel.milliseconds(variable(signal, "TIMEOUT"))
                        .orElse(Presets.collector().timeout()),
                file(variable(signal, "CERTIFICATE")),
                clientCertificate(signal));
    }

    private Map<String, String> headers(String variable) {
        Map<String, String> headers = otel.pairs(variable);
        headers.forEach((name, value) ->
                Headers.fault(name, value).ifPresent(fault -> otel.problem(variable, name + ": " + fault)));
        return headers;
    }

    private Optional<ClientCertificate> clientCertificate(String signal) {
        String certificate = variable(signal, "CLIENT_CERTIFICATE");
        String key = variable(signal, "CLIENT_KEY");
        Optional<Path> certificateFile = file(certificate);
        Optional<Path> keyFile = file(key);
        if (certificateFile.isPresent() && keyFile.isEmpty()) {
            otel.problem(certificate, "needs " + certificate.replace("CLIENT_CERTIFICATE", "CLIENT_KEY") + " too");
        } else if (keyFile.isPresent() && certificateFile.isEmpty()) {
            otel.problem(key, "needs " + key.replace("CLIENT_KEY", "CLIENT_CERTIFICATE") + " too");
        }
        return certificateFile.flatMap(file -> keyFile.map(secret -> new ClientCertificate(file, secret)));
    }

    private Optional<Path> file(String variable) {
        Optional<Path> file = otel.get(variable).flatMap(ConfigLoader::path);
        file.filter(path -> !Files.isReadable(path))
                .ifPresent(path -> otel.problem(variable, "the file " + path + " cannot be read"));
        return file;
    }

    private URI endpoint(String signal, Protocol protocol) {
        String own = PREFIX + signal.toUpperCase(Locale.ROOT) + "_ENDPOINT";
        String general = PREFIX + "ENDPOINT";
        Optional<String> full = otel.get(own).map(url -> withScheme(url, signal, protocol));
        Optional<String> base = otel.get(general).map(url -> withScheme(url, signal, protocol));
        Optional<String> fault = full.or(() -> base).flatMap(url -> Endpoint.fault(url, protocol));
        if (fault.isPresent()) {
            otel.problem(full.isPresent() ? own : general, fault.get());
            return Endpoint.below(Endpoint.usual(DEFAULT_ENDPOINT, protocol), signal, protocol);
        }
        return full.map(URI::create)
                .orElseGet(() ->
                        Endpoint.below(base.orElse(Endpoint.usual(DEFAULT_ENDPOINT, protocol)), signal, protocol));
    }

    /** As the specification has it: with gRPC an endpoint may be {@code host:port}, which TLS is for unless it is insecure. */
    private String withScheme(String url, String signal, Protocol protocol) {
        if (protocol != Protocol.GRPC || url.contains("://")) {
            return url;
        }
        return (insecure(signal) ? "http://" : "https://") + url;
    }

    private boolean insecure(String signal) {
        return otel.choice(variable(signal, "INSECURE"), INSECURE).orElse(false);
    }

    /** The signal's own variable when it is set, else the general one. */
    private String variable(String signal, String key) {
        String own = PREFIX + signal.toUpperCase(Locale.ROOT) + "_" + key;
        return !signal.isEmpty() && otel.get(own).isPresent() ? own : PREFIX + key;
    }

    private static String exporter(String signal) {
        return "OTEL_" + signal.toUpperCase(Locale.ROOT) + "_EXPORTER";
    }

    private record Settings(
            Protocol protocol,
            Map<String, String> headers,
            boolean gzip,
            Duration timeout,
            Optional<Path> ca,
            Optional<ClientCertificate> clientCertificate) {}
}
