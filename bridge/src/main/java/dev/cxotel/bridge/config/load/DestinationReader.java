package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import dev.cxotel.bridge.config.DestinationConfig.ClientCertificate;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.config.Loopback;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.yaml.Problems;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The list {@code destinations}, or what the environment names in its stead. */
final class DestinationReader {

    static final Map<String, Protocol> PROTOCOLS =
            new TreeMap<>(Map.of("http/protobuf", Protocol.HTTP_PROTOBUF, "grpc", Protocol.GRPC));

    private final Map<String, String> environment;
    private final OtelEnvironment otel;
    private final EgressProxy proxies;
    private final Optional<SdkConfigFile> sdkFile;
    private final List<String> warnings;

    DestinationReader(
            Map<String, String> environment,
            OtelEnvironment otel,
            Optional<SdkConfigFile> sdkFile,
            Problems problems,
            List<String> warnings) {
        this.sdkFile = sdkFile;
        this.environment = environment;
        this.otel = otel;
        this.proxies = new EgressProxy(environment, problems);
        this.warnings = warnings;
    }

    List<DestinationConfig> read(Section root, ReceiverConfig receiver) {
        OtlpVariables variables = new OtlpVariables(environment, otel, proxies, warnings);
        if (!root.has("destinations")) {
            List<DestinationConfig> destinations =
                    sdkFile.map(SdkConfigFile::destinations).orElseGet(variables::destinations);
            if (sdkFile.isPresent() && !variables.names().isEmpty()) {
                warnings.add(String.join(", ", variables.names()) + ": ignored, because OTEL_CONFIG_FILE is set");
            }
            if (destinations.isEmpty()) {
                warnings.add("no destination is named: nothing leaves this process, the last hour is kept in memory"
                        + " (set OTEL_EXPORTER_OTLP_ENDPOINT, or write `destinations`)");
            }
            return destinations;
        }
        sdkFile.ifPresent(file -> warnings.add(
                "OTEL_CONFIG_FILE: its exporters are ignored, because the configuration has `destinations`"));
        if (!variables.names().isEmpty()) {
            warnings.add(
                    String.join(", ", variables.names()) + ": ignored, because the configuration has `destinations`");
        }
        List<Section> sections = root.sections("destinations");
        Set<String> selfTelemetry = selfTelemetry(sections);
        Map<String, Integer> names = new TreeMap<>();
        List<DestinationConfig> destinations = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            String name = name(section);
            Integer first = names.putIfAbsent(name, i);
            if (first != null) {
                section.problem(
                        "name",
                        "destination " + first + " is named \"" + name + "\"" + (section.has("name") ? "" : " too")
                                + "; give one another name");
            }
            refuseUnknownSubscriptions(section, receiver);
            Presets.of(section, environment)
                    .ifPresent(preset ->
                            destinations.add(destination(section, preset, receiver, selfTelemetry.contains(name))));
        }
        return destinations;
    }

    private DestinationConfig destination(
            Section section, Preset preset, ReceiverConfig receiver, boolean selfTelemetry) {
        Protocol protocol = section.choice("protocol", PROTOCOLS, preset.protocol());
        Map<String, URI> endpoints = endpoints(section, preset, protocol, receiver);
        PresetHeaders headers = PresetHeaders.of(preset, section.section("headers"));
        return new DestinationConfig(
                name(section),
                preset.name(),
                endpoints,
                headers.all(),
                section.choice("compression", Map.of("gzip", true, "none", false), preset.gzip()),
                section.choice("temporality", Words.of(Temporality.values()), preset.temporality()),
                section.choice("histogram", Words.of(Histogram.values()), preset.histogram()),
                Set.copyOf(section.list("subscriptions")),
                ReceiverReader.positive(
                        section, "metric_interval", otel.metricInterval().orElse(preset.metricInterval())),
                section.duration("batch_delay", otel.batchDelay().orElse(preset.batchDelay())),
                ReceiverReader.positive(section, "timeout", preset.timeout()),
                preset.maxRequestBytes(),
                preset.maxRequestItems(),
                preset.minPointSpacing(),
                preset.maxMetricAge(),
                selfTelemetry,
                ca(section),
                proxy(section, protocol, endpoints),
                clientCertificate(section),
                protocol,
                section.choice("bad_request", Words.of(BadRequest.values()), preset.badRequest()),
                section.choice("start", Map.of("now", false, "oldest", true), false),
                style(section, preset),
                headers.bySignal(),
                headers.files());
    }

    private Map<String, URI> endpoints(Section section, Preset preset, Protocol protocol, ReceiverConfig receiver) {
        Section full = section.section("endpoints");
        String base = section.text("endpoint").orElse(Endpoint.usual(preset.endpoint(), protocol));
        Optional<String> fault = section.text("endpoint").flatMap(url -> Endpoint.baseFault(url, protocol));
        fault.ifPresent(text -> section.problem("endpoint", text));
        Map<String, URI> endpoints = new LinkedHashMap<>();
        List<String> signals = section.has("signals")
                ? section.list("signals").stream()
                        .filter(Endpoint.SIGNALS::contains)
                        .toList()
                : preset.signals();
        for (String signal : signals) {
            Optional<String> url = full.text(signal);
            Optional<String> ownFault = url.flatMap(text -> Endpoint.fault(text, protocol));
            ownFault.ifPresent(text -> full.problem(signal, text));
            if (!preset.takes(signal) && url.isEmpty()) {
                section.problem("signals", "the preset " + preset.name() + " takes no " + signal);
            } else if (url.isPresent() && ownFault.isEmpty()) {
                endpoints.put(signal, URI.create(url.get()));
            } else if (url.isEmpty()
                    && !section.has("endpoint")
                    && preset.endpoints().containsKey(signal)) {
                endpoints.put(signal, preset.endpoints().get(signal));
            } else if (url.isEmpty() && fault.isEmpty()) {
                endpoints.put(signal, Endpoint.below(base, signal, protocol));
            }
        }
        for (String signal : full.keys()) {
            if (!signals.contains(signal)) {
                full.keyProblem(signal, "`signals` does not name " + signal);
            }
        }
        endpoints.forEach((signal, uri) -> {
            if (receiver.port() != 0
                    && uri.getPort() == receiver.port()
                    && Loopback.is(uri.getHost())
                    && Loopback.is(receiver.host())) {
                section.problem("endpoint", uri + " is this bridge's own receiver");
            }
        });
        return endpoints;
    }

    private static DestinationConfig.Style style(Section section, Preset preset) {
        Optional<String> link = section.text("trace_link");
        link.filter(text -> !text.contains("{trace_id}"))
                .ifPresent(text -> section.problem("trace_link", "must hold {trace_id}"));
        DestinationConfig.Style style = preset.style();
        return link.isEmpty() ? style : style.withTraceLink(link.get());
    }

    private static Optional<Path> ca(Section section) {
        return file(section, "ca");
    }

    private static Optional<ClientCertificate> clientCertificate(Section section) {
        Section pair = section.section("client_certificate");
        Optional<Path> certificate = file(pair, "certificate");
        Optional<Path> privateKey = file(pair, "private_key");
        return certificate.flatMap(file -> privateKey.map(key -> new ClientCertificate(file, key)));
    }

    private static Optional<Path> file(Section section, String key) {
        Optional<Path> file = section.parsed(key, ConfigLoader::path, "a path");
        file.filter(path -> !Files.isReadable(path) || Files.isDirectory(path))
                .ifPresent(path -> section.problem(key, "the file " + path + " cannot be read"));
        return file;
    }

    private Optional<URI> proxy(Section section, Protocol protocol, Map<String, URI> endpoints) {
        Optional<String> written = section.text("proxy");
        if (protocol == Protocol.GRPC) {
            written.ifPresent(text -> section.problem("proxy", "gRPC does not go through a proxy here; use HTTP"));
            if (written.isEmpty()) {
                proxies.notOverGrpc(name(section), endpoints.values()).ifPresent(warnings::add);
            }
            return Optional.empty();
        }
        if (written.isPresent()) {
            Optional<String> fault = EgressProxy.fault(written.get());
            fault.ifPresent(text -> section.problem("proxy", text));
            return fault.isPresent() ? Optional.empty() : written.map(URI::create);
        }
        return proxies.of(endpoints.values());
    }

    /** The names of the destinations that get the bridge's own metrics. */
    private static Set<String> selfTelemetry(List<Section> sections) {
        List<Section> chosen = sections.stream().anyMatch(section -> section.has("self_telemetry"))
                ? sections.stream()
                        .filter(section -> section.flag("self_telemetry", false))
                        .toList()
                : sections.stream()
                        .filter(section -> !section.has("signals")
                                || section.list("signals").contains("metrics"))
                        .limit(1)
                        .toList();
        return Set.copyOf(
                chosen.stream().map(DestinationReader::name).distinct().toList());
    }

    private static void refuseUnknownSubscriptions(Section section, ReceiverConfig receiver) {
        List<String> known =
                receiver.subscriptions().stream().map(SubscriptionConfig::name).toList();
        List<String> wanted = section.list("subscriptions");
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.contains(wanted.get(i))) {
                section.problem(
                        "subscriptions",
                        i,
                        "there is no subscription \"" + wanted.get(i) + "\"" + Suggestion.hint(wanted.get(i), known));
            }
        }
    }

    private static String name(Section section) {
        return section.text("name").or(() -> section.text("preset")).orElse(Presets.DEFAULT);
    }
}
