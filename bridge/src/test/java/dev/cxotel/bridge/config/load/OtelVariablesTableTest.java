package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The table of variables in {@code otel-config/README.md}: each row has a proof here, and each proof a row there. */
class OtelVariablesTableTest {

    private static final Path README = Path.of("../otel-config/README.md");
    private static final String E = "OTEL_EXPORTER_OTLP_";
    private static final List<String> SIGNALS = List.of("TRACES", "METRICS", "LOGS");

    @TempDir
    Path folder;

    private final Map<String, ThrowingConsumer<String>> proofs = new LinkedHashMap<>();

    OtelVariablesTableTest() {
        proofs.put("OTEL_EXPORTER_OTLP_ENDPOINT", row -> {
            assertThat(url("traces", row, "http://h:1/base")).isEqualTo("http://h:1/base/v1/traces");
            assertThat(url("metrics", row, "http://h:1/base/")).isEqualTo("http://h:1/base/v1/metrics");
            assertThat(url("logs", row, "http://h:1")).isEqualTo("http://h:1/v1/logs");
        });
        for (String signal : SIGNALS) {
            proofs.put(E + signal + "_ENDPOINT", row -> assertThat(url(lower(signal), row, "http://h:1/any"))
                    .isEqualTo("http://h:1/any"));
        }
        proofs.put(E + "HEADERS", row -> assertThat(one(row, "a=b%20c,d=e%2Cf").headers())
                .isEqualTo(Map.of("a", "b c", "d", "e,f")));
        proofs.put(
                E + "{SIGNAL}_HEADERS",
                row -> each(row, "a=own", Map.of(E + "HEADERS", "a=all"), own -> assertThat(own.headers())
                        .isEqualTo(Map.of("a", "own"))));
        proofs.put(E + "PROTOCOL, " + E + "{SIGNAL}_PROTOCOL", row -> {
            assertThat(one(E + "PROTOCOL", "http/protobuf").protocol())
                    .isEqualTo(DestinationConfig.Protocol.HTTP_PROTOBUF);
            assertThat(one(E + "PROTOCOL", "grpc").protocol()).isEqualTo(DestinationConfig.Protocol.GRPC);
            assertThat(url("logs", E + "PROTOCOL", "grpc")).isEqualTo("http://localhost:4317");
            each(E + "{SIGNAL}_PROTOCOL", "grpc", Map.of(E + "ENDPOINT", "http://h:1"), own -> {
                assertThat(own.protocol()).isEqualTo(DestinationConfig.Protocol.GRPC);
                assertThat(own.endpoints()).containsValue(URI.create("http://h:1"));
            });
            for (String signal : SIGNALS) {
                assertThatThrownBy(() -> load(Map.of(E + signal + "_PROTOCOL", "http/json")))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining(E + signal + "_PROTOCOL");
            }
        });
        proofs.put(E + "COMPRESSION, " + E + "{SIGNAL}_COMPRESSION", row -> {
            assertThat(one(E + "ENDPOINT", "http://h:1").gzip()).isTrue();
            assertThat(one(E + "COMPRESSION", "none").gzip()).isFalse();
            each(E + "{SIGNAL}_COMPRESSION", "none", Map.of(), own -> assertThat(own.gzip())
                    .isFalse());
        });
        proofs.put(E + "TIMEOUT, " + E + "{SIGNAL}_TIMEOUT", row -> {
            assertThat(one(E + "TIMEOUT", "1500").timeout()).isEqualTo(Duration.ofMillis(1500));
            each(E + "{SIGNAL}_TIMEOUT", "700", Map.of(), own -> assertThat(own.timeout())
                    .isEqualTo(Duration.ofMillis(700)));
        });
        proofs.put(E + "CERTIFICATE, " + E + "{SIGNAL}_CERTIFICATE", row -> {
            Path ca = Files.writeString(folder.resolve("ca.pem"), "");
            assertThat(one(E + "CERTIFICATE", ca.toString()).ca()).contains(ca);
            each(E + "{SIGNAL}_CERTIFICATE", ca.toString(), Map.of(), own -> assertThat(own.ca())
                    .contains(ca));
        });
        for (String signal : List.of("", "{SIGNAL}_")) {
            proofs.put(
                    E + signal + "CLIENT_CERTIFICATE, " + E + signal + "CLIENT_KEY", row -> clientCertificate(signal));
        }
        proofs.put(E + "INSECURE, " + E + "{SIGNAL}_INSECURE", row -> {
            Map<String, String> bare = Map.of(E + "PROTOCOL", "grpc", E + "ENDPOINT", "h:4317");
            assertThat(insecure(bare, "LOGS")).isEqualTo("https://h:4317");
            for (String variable : List.of(E + "INSECURE", E + "LOGS_INSECURE")) {
                Map<String, String> environment = new LinkedHashMap<>(bare);
                environment.put(variable, "true");
                assertThat(insecure(environment, "LOGS")).as(variable).isEqualTo("http://h:4317");
                environment.put(E + "ENDPOINT", "https://h:4317");
                assertThat(insecure(environment, "LOGS")).isEqualTo("https://h:4317");
            }
        });
        proofs.put(E + "METRICS_TEMPORALITY_PREFERENCE", row -> {
            assertThat(one(row, "cumulative").temporality()).isEqualTo(Temporality.CUMULATIVE);
            assertThat(one(row, "delta").temporality()).isEqualTo(Temporality.DELTA);
            assertThat(one(row, "lowmemory").temporality()).isEqualTo(Temporality.DELTA);
        });
        proofs.put(E + "METRICS_DEFAULT_HISTOGRAM_AGGREGATION", row -> {
            assertThat(one(row, "explicit_bucket_histogram").histogram()).isEqualTo(Histogram.EXPLICIT);
            assertThat(one(row, "base2_exponential_bucket_histogram").histogram())
                    .isEqualTo(Histogram.EXPONENTIAL);
        });
        proofs.put("OTEL_TRACES_EXPORTER, OTEL_METRICS_EXPORTER, OTEL_LOGS_EXPORTER", row -> {
            for (String signal : SIGNALS) {
                String variable = "OTEL_" + signal + "_EXPORTER";
                assertThat(one(variable, "otlp").endpoints()).containsOnlyKeys(lower(signal));
                assertThat(load(Map.of(variable, "none", E + "ENDPOINT", "http://h:1"))
                                .destinations()
                                .getFirst()
                                .endpoints())
                        .hasSize(2)
                        .doesNotContainKey(lower(signal));
            }
        });
        proofs.put("OTEL_RESOURCE_ATTRIBUTES", row -> {
            BridgeConfig config = load(Map.of(row, "a=b%2Cc,service.name=mine"));
            assertThat(config.resource().attributes()).isEqualTo(Map.of("a", "b,c"));
            assertThat(config.serviceName()).isEqualTo("mine");
        });
        proofs.put("OTEL_SERVICE_NAME", row -> assertThat(
                        load(Map.of(row, "mine", "OTEL_RESOURCE_ATTRIBUTES", "service.name=other"))
                                .serviceName())
                .isEqualTo("mine"));
        proofs.put("OTEL_METRIC_EXPORT_INTERVAL", row -> {
            assertThat(onFile(row, "30000").metricInterval()).isEqualTo(Duration.ofSeconds(30));
            assertThat(load(Map.of(row, "30000", E + "ENDPOINT", "http://h:1"))
                            .destinations()
                            .getFirst()
                            .metricInterval())
                    .isEqualTo(Duration.ofSeconds(30));
        });
        proofs.put("OTEL_BSP_SCHEDULE_DELAY", row -> {
            assertThat(onFile(row, "250").batchDelay()).isEqualTo(Duration.ofMillis(250));
            assertThat(load(Map.of(row, "250", E + "ENDPOINT", "http://h:1"))
                            .destinations()
                            .getFirst()
                            .batchDelay())
                    .isEqualTo(Duration.ofMillis(250));
        });
        proofs.put("OTEL_CONFIG_FILE", this::configFile);
        proofs.put("HTTPS_PROXY, HTTP_PROXY", row -> {
            for (String scheme : List.of("https", "http")) {
                for (String variable :
                        List.of(scheme + "_proxy", (scheme + "_proxy").toUpperCase(java.util.Locale.ROOT))) {
                    assertThat(proxy(Map.of(E + "ENDPOINT", scheme + "://h", variable, "http://u:p%40@p:3128")))
                            .isEqualTo("http://u:p%40@p:3128");
                }
            }
            Map<String, String> grpc =
                    Map.of(E + "ENDPOINT", "https://h", E + "PROTOCOL", "grpc", "HTTPS_PROXY", "http://p:1");
            assertThat(proxy(grpc)).isEmpty();
            assertThat(new ConfigLoader(grpc).load().warnings())
                    .anyMatch(warning -> warning.startsWith("HTTPS_PROXY: ignored by the destination otlp, for gRPC"));
        });
        proofs.put("NO_PROXY", row -> {
            for (String entry : List.of("10.1.2.3", "10.0.0.0/8", "10.1.2.3:8080", "*")) {
                assertThat(behind("http://10.1.2.3:8080", entry)).as(entry).isEmpty();
            }
            assertThat(behind("http://a.example.com", ".example.com")).isEmpty();
            assertThat(behind("http://[fd00::1]:4318", "fd00::/8")).isEmpty();
            assertThat(behind("http://11.1.2.3", "10.0.0.0/8,fd00::/8,x/y")).isEqualTo("http://p:1");
            assertThat(behind("http://127.0.0.1:4318", "nothing")).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> rows() throws IOException {
        return table().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row, () -> Objects.requireNonNull(proofs.get(row), () -> "no proof of the row " + row)
                                .accept(row)));
    }

    @Test
    void proofs_allHaveTheirRow() throws IOException {
        assertThat(table()).containsExactlyElementsOf(proofs.keySet());
    }

    private static List<String> table() throws IOException {
        String text = Files.readString(README);
        String section = text.substring(text.indexOf("## OTEL_* variables"));
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1].replace("`", "").strip())
                .toList();
    }

    private void configFile(String row) throws IOException, ConfigException {
        Path pem = Files.writeString(folder.resolve("some.pem"), "");
        Path file = Files.writeString(folder.resolve("sdk.yaml"), """
                file_format: "1.1"
                resource: { attributes: [ { name: a, value: "${A}" }, { name: service.name, value: x } ],
                  attributes_list: "a=weak,c=d%20e", detectors: {} }
                propagator: { composite: [] }
                tracer_provider:
                  sampler: { always_on: {} }
                  processors:
                    - batch: { schedule_delay: 300, exporter: { otlp_http: { endpoint: "http://h:1/t", compression: gzip,
                        headers: [ { name: k, value: v } ] } } }
                meter_provider:
                  readers:
                    - periodic: { interval: 20000, exporter: { otlp_http: { endpoint: "http://h:1/m", timeout: 900,
                        temporality_preference: delta, tls: { ca_file: "CA", cert_file: "CA", key_file: "CA" } } } }
                logger_provider:
                  processors:
                    - simple: { exporter: { otlp_grpc: { endpoint: "h:4317", tls: { insecure: true, ciphers: x } } } }
                """.replace("\"CA\"", "\"" + pem + "\""));
        Loaded loaded = new ConfigLoader(Map.of(row, file.toString(), "A", "b", E + "ENDPOINT", "http://other")).load();
        List<DestinationConfig> destinations = loaded.config().destinations();
        assertThat(destinations)
                .extracting(DestinationConfig::endpoints)
                .containsExactly(
                        Map.of("traces", URI.create("http://h:1/t")),
                        Map.of("metrics", URI.create("http://h:1/m")),
                        Map.of("logs", URI.create("http://h:4317")));
        assertThat(destinations.get(2).protocol()).isEqualTo(DestinationConfig.Protocol.GRPC);
        assertThat(destinations.get(1).ca()).contains(pem);
        assertThat(destinations.get(1).clientCertificate()).contains(new DestinationConfig.ClientCertificate(pem, pem));
        assertThat(destinations.get(0).headers()).isEqualTo(Map.of("k", "v"));
        assertThat(destinations.get(0).batchDelay()).isEqualTo(Duration.ofMillis(300));
        assertThat(destinations.get(0).gzip()).isTrue();
        assertThat(destinations.get(1).temporality()).isEqualTo(Temporality.DELTA);
        assertThat(destinations.get(1).timeout()).isEqualTo(Duration.ofMillis(900));
        assertThat(destinations.get(1).metricInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(loaded.config().resource().attributes()).isEqualTo(Map.of("a", "b", "c", "d e"));
        assertThat(loaded.warnings())
                .anyMatch(warning -> warning.startsWith("OTEL_CONFIG_FILE: propagator is ignored"))
                .anyMatch(warning -> warning.startsWith("OTEL_CONFIG_FILE: resource.detectors is ignored"))
                .anyMatch(warning -> warning.startsWith("OTEL_CONFIG_FILE: otlp_grpc.tls.ciphers is ignored"))
                .anyMatch(warning -> warning.startsWith("OTEL_CONFIG_FILE: tracer_provider.sampler is ignored"))
                .anyMatch(warning ->
                        warning.equals("OTEL_EXPORTER_OTLP_ENDPOINT: ignored, because OTEL_CONFIG_FILE is set"));
    }

    private void clientCertificate(String signal) throws IOException, ConfigException {
        Path certificate = Files.writeString(folder.resolve("client.pem"), "");
        Path key = Files.writeString(folder.resolve("client.key"), "");
        for (String each : signal.isEmpty()
                ? List.of("")
                : SIGNALS.stream().map(name -> name + "_").toList()) {
            BridgeConfig config = load(Map.of(
                    E + each + "CLIENT_CERTIFICATE", certificate.toString(), E + each + "CLIENT_KEY", key.toString()));
            assertThat(config.destinations())
                    .filteredOn(one -> one.clientCertificate().isPresent())
                    .singleElement()
                    .satisfies(one -> assertThat(one.clientCertificate())
                            .contains(new DestinationConfig.ClientCertificate(certificate, key)));
            assertThatThrownBy(() -> load(Map.of(E + each + "CLIENT_KEY", key.toString())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(E + each + "CLIENT_KEY: needs " + E + each + "CLIENT_CERTIFICATE too");
        }
    }

    private static String insecure(Map<String, String> environment, String signal) throws ConfigException {
        return load(environment).destinations().stream()
                .flatMap(one ->
                        java.util.stream.Stream.ofNullable(one.endpoints().get(lower(signal))))
                .map(URI::toString)
                .findFirst()
                .orElse("");
    }

    /** A setting of one signal makes a destination of that signal's own. */
    private static void each(
            String variable, String value, Map<String, String> others, ThrowingConsumer<DestinationConfig> check)
            throws ConfigException {
        for (String signal : SIGNALS) {
            Map<String, String> environment = new LinkedHashMap<>(others);
            environment.put(variable.replace("{SIGNAL}", signal), value);
            List<DestinationConfig> destinations = load(environment).destinations();
            assertThat(destinations).as(variable + " " + signal).hasSize(2);
            destinations.stream()
                    .filter(one -> one.endpoints().keySet().equals(java.util.Set.of(lower(signal))))
                    .findFirst()
                    .ifPresentOrElse(check, () -> assertThat(signal).isEqualTo("a destination"));
        }
    }

    private static String behind(String endpoint, String noProxy) throws ConfigException {
        return proxy(Map.of(E + "ENDPOINT", endpoint, "HTTP_PROXY", "http://p:1", "NO_PROXY", noProxy));
    }

    private static String proxy(Map<String, String> environment) throws ConfigException {
        return load(environment)
                .destinations()
                .getFirst()
                .proxy()
                .map(URI::toString)
                .orElse("");
    }

    private DestinationConfig onFile(String variable, String value) throws IOException, ConfigException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "cxotel: 1\ndestinations: [ { preset: jaeger } ]");
        return new ConfigLoader(Map.of(variable, value))
                .load(file)
                .config()
                .destinations()
                .getFirst();
    }

    private static String url(String signal, String variable, String value) throws ConfigException {
        return String.valueOf(one(variable, value).endpoints().get(signal));
    }

    private static DestinationConfig one(String variable, String value) throws ConfigException {
        return load(Map.of(variable, value)).destinations().getFirst();
    }

    private static BridgeConfig load(Map<String, String> environment) throws ConfigException {
        return new ConfigLoader(environment).load().config();
    }

    private static String lower(String signal) {
        return signal.toLowerCase(java.util.Locale.ROOT);
    }
}
