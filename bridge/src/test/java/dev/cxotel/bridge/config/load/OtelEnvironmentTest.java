package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each variable of an OpenTelemetry SDK that has a meaning here, and what it means. */
class OtelEnvironmentTest {

    private static final String E = "OTEL_EXPORTER_OTLP_";

    @TempDir
    Path folder;

    @Test
    void endpoint_isABase() throws ConfigException {
        assertThat(only(E + "ENDPOINT", "https://api.honeycomb.io").endpoints())
                .isEqualTo(Map.of(
                        "traces", URI.create("https://api.honeycomb.io/v1/traces"),
                        "metrics", URI.create("https://api.honeycomb.io/v1/metrics"),
                        "logs", URI.create("https://api.honeycomb.io/v1/logs")));
    }

    @Test
    void endpoint_pathAndSlash_areKept() throws ConfigException {
        assertThat(only(E + "ENDPOINT", "http://host:4318/otlp/").endpoints().get("logs"))
                .isEqualTo(URI.create("http://host:4318/otlp/v1/logs"));
    }

    @Test
    void endpointOfASignal_isTakenAsItIs() throws ConfigException {
        DestinationConfig destination =
                only(E + "ENDPOINT", "http://a:4318", E + "METRICS_ENDPOINT", "http://b:9090/api/v1/otlp/v1/metrics");
        assertThat(destination.endpoints())
                .containsEntry("metrics", URI.create("http://b:9090/api/v1/otlp/v1/metrics"))
                .containsEntry("traces", URI.create("http://a:4318/v1/traces"));
        assertThat(destination.name()).isEqualTo("otlp");
    }

    @Test
    void anyVariable_withoutEndpoint_isTheDefaultEndpoint() throws ConfigException {
        assertThat(only(E + "HEADERS", "a=b").endpoints().get("traces"))
                .isEqualTo(URI.create("http://localhost:4318/v1/traces"));
        assertThat(only("OTEL_TRACES_EXPORTER", "otlp").endpoints()).containsOnlyKeys("traces");
    }

    @Test
    void exporterNone_removesTheSignal() throws ConfigException {
        assertThat(only(E + "ENDPOINT", "http://a:4318", "OTEL_LOGS_EXPORTER", "none", "OTEL_TRACES_EXPORTER", "otlp")
                        .endpoints())
                .containsOnlyKeys("traces", "metrics");
    }

    @Test
    void headers_arePercentDecoded_plusStaysPlus() throws ConfigException {
        assertThat(only(E + "HEADERS", "Authorization=Basic%20YTpi, x-key = a+b%3D ,")
                        .headers())
                .isEqualTo(Map.of("Authorization", "Basic YTpi", "x-key", "a+b="));
    }

    @Test
    void settingsOfASignal_makeADestinationOfItsOwn() throws ConfigException {
        List<DestinationConfig> destinations =
                load(E + "ENDPOINT", "http://a:4318", E + "HEADERS", "k=general", E + "LOGS_HEADERS", "k=logs");
        assertThat(destinations).extracting(DestinationConfig::name).containsExactly("otlp", "otlp-logs");
        assertThat(destinations.get(0).endpoints()).containsOnlyKeys("traces", "metrics");
        assertThat(destinations.get(1).headers()).isEqualTo(Map.of("k", "logs"));
        assertThat(destinations).extracting(DestinationConfig::selfTelemetry).containsExactly(true, false);
    }

    @Test
    void compression_default_isGzip() throws ConfigException {
        assertThat(only(E + "ENDPOINT", "http://a:4318").gzip()).isTrue();
        assertThat(only(E + "COMPRESSION", "none").gzip()).isFalse();
        assertThat(only(E + "COMPRESSION", "GZIP").gzip()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"cumulative, CUMULATIVE", "DELTA, DELTA", "lowmemory, DELTA", "'', CUMULATIVE"})
    void temporalityPreference_isTaken(String value, Temporality meant) throws ConfigException {
        assertThat(only(E + "ENDPOINT", "http://a:4318", E + "METRICS_TEMPORALITY_PREFERENCE", value)
                        .temporality())
                .isEqualTo(meant);
    }

    @Test
    void histogramAggregation_isTaken() throws ConfigException {
        assertThat(only(E + "METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "base2_exponential_bucket_histogram")
                        .histogram())
                .isEqualTo(Histogram.EXPONENTIAL);
        assertThat(only(E + "METRICS_DEFAULT_HISTOGRAM_AGGREGATION", "explicit_bucket_histogram")
                        .histogram())
                .isEqualTo(Histogram.EXPLICIT);
    }

    @Test
    void times_areMilliseconds() throws ConfigException {
        DestinationConfig destination =
                only(E + "TIMEOUT", "2500", "OTEL_METRIC_EXPORT_INTERVAL", "60000", "OTEL_BSP_SCHEDULE_DELAY", "250");
        assertThat(destination.timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(destination.metricInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(destination.batchDelay()).isEqualTo(Duration.ofMillis(250));
        DestinationConfig plain = only(E + "ENDPOINT", "http://a:4318");
        assertThat(plain.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plain.metricInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(plain.batchDelay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void certificate_isTheCa() throws ConfigException, IOException {
        Path ca = Files.writeString(folder.resolve("ca.pem"), "");
        assertThat(only(E + "CERTIFICATE", ca.toString()).ca()).contains(ca);
    }

    @Test
    void resourceAttributes_withoutServiceName_fileWins() throws ConfigException, IOException {
        ConfigLoader loader = new ConfigLoader(Map.of("OTEL_RESOURCE_ATTRIBUTES", "service.name=bridge,a=1%2C2,b=env"));
        Loaded loaded = loader.load(
                Files.writeString(folder.resolve("c.yaml"), "cxotel: 1\nresource: { attributes: { b: file } }"));
        assertThat(loaded.config().resource().attributes()).isEqualTo(Map.of("a", "1,2", "b", "file"));
        assertThat(loaded.config().serviceName()).isEqualTo("bridge");
    }

    @Test
    void serviceName_winsOverTheAttribute() throws ConfigException {
        assertThat(new ConfigLoader(
                                Map.of("OTEL_SERVICE_NAME", "mine", "OTEL_RESOURCE_ATTRIBUTES", "service.name=other"))
                        .load()
                        .config()
                        .serviceName())
                .isEqualTo("mine");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://api.vendor.com,     -,                     http://secure:3128",
                "http://api.vendor.com,      -,                     http://plain:3128",
                "https://localhost:4318,     -,                     -",
                "https://127.0.0.1:4318,     -,                     -",
                "https://api.vendor.com,     vendor.com,            -",
                "https://api.vendor.com,     .vendor.com,           -",
                "https://api.vendor.com,     *.vendor.com,          -",
                "https://api.vendor.com,     *,                     -",
                "https://api.vendor.com,     'a, api.vendor.com ',  -",
                "https://api.vendor.com,     api.vendor.com:443,    -",
                "https://api.vendor.com,     api.vendor.com:8443,   http://secure:3128",
                "https://notvendor.com,      vendor.com,            http://secure:3128",
                "https://API.Vendor.com,     vendor.COM,            -",
            })
    void proxy_byHost(String endpoint, String noProxy, String proxy) throws ConfigException {
        DestinationConfig destination = only(
                E + "ENDPOINT",
                endpoint,
                "HTTPS_PROXY",
                "http://secure:3128",
                "http_proxy",
                "http://plain:3128",
                "NO_PROXY",
                noProxy == null ? "" : noProxy);
        assertThat(destination.proxy().map(URI::toString).orElse(null)).isEqualTo(proxy);
    }

    @Test
    void destinationsInTheFile_otlpVariablesAreIgnoredWithAWarning() throws ConfigException, IOException {
        Path file = Files.writeString(
                folder.resolve("c.yaml"), "cxotel: 1\ndestinations: [ { endpoint: \"http://b:4318\" } ]");
        Loaded loaded = new ConfigLoader(Map.of(
                        E + "ENDPOINT",
                        "not even a URL",
                        "OTEL_LOGS_EXPORTER",
                        "none",
                        "OTEL_METRIC_EXPORT_INTERVAL",
                        "30000",
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "200"))
                .load(file);
        assertThat(loaded.warnings())
                .containsExactly(
                        "OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_LOGS_EXPORTER: ignored, because the configuration has"
                                + " `destinations`");
        DestinationConfig destination = loaded.config().destinations().getFirst();
        assertThat(destination.endpoints()).hasSize(3).containsEntry("logs", URI.create("http://b:4318/v1/logs"));
        assertThat(destination.metricInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(destination.batchDelay()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void emptyListInTheFile_isNoDestination() throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "cxotel: 1\ndestinations: []");
        assertThat(new ConfigLoader(Map.of(E + "ENDPOINT", "http://a:4318"))
                        .load(file)
                        .config()
                        .destinations())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_EXPORTER_OTLP_PROTOCOL | http/json | \"http/json\" is none of grpc, http/protobuf",
                "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL | http/json | \"http/json\" is none of grpc, http/protobuf",
                "OTEL_EXPORTER_OTLP_ENDPOINT | localhost:4318 | a URL must begin with http:// or https://",
                "OTEL_EXPORTER_OTLP_ENDPOINT | http://localhost:4317 | 4317 is OTLP over gRPC, which needs the protocol grpc; OTLP over HTTP is 4318",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT | http:// | this is no URL: Expected authority",
                "OTEL_EXPORTER_OTLP_HEADERS | secret | a part is not of the form key=value",
                "OTEL_EXPORTER_OTLP_HEADERS | k=%zz | a percent sign is not followed by two hexadecimal digits; write %25 for it",
                "OTEL_EXPORTER_OTLP_HEADERS | k=a%0Ab | k: the header's value holds a line break or another character that no header may hold",
                "OTEL_EXPORTER_OTLP_COMPRESSION | zstd | \"zstd\" is none of gzip, none",
                "OTEL_EXPORTER_OTLP_TIMEOUT | 10s | \"10s\" is not a number of milliseconds between 1 and 86400000",
                "OTEL_EXPORTER_OTLP_CERTIFICATE | /does/not/exist | the file /does/not/exist cannot be read",
                "OTEL_EXPORTER_OTLP_CLIENT_KEY | pom.xml | needs OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE too",
                "OTEL_TRACES_EXPORTER | console | \"console\" is none of none, otlp",
                "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE | Delta2 | \"Delta2\" is none of cumulative, delta, lowmemory",
                "OTEL_RESOURCE_ATTRIBUTES | a | a part is not of the form key=value",
                "HTTPS_PROXY | http://u@proxy:1 | a proxy's user needs a password: http://user:password@host:port",
            })
    void badVariable_isAProblemThatNamesIt(String variable, String value, String message) {
        Map<String, String> environment = new LinkedHashMap<>(Map.of(E + "ENDPOINT", "https://vendor.example"));
        environment.put(variable, value);
        try {
            new ConfigLoader(environment).load();
            assertThat(variable).isEqualTo("refused");
        } catch (ConfigException e) {
            assertThat(e.problems())
                    .extracting(ConfigException.Problem::toString)
                    .containsOnly(variable + ": " + message);
        }
    }

    private static DestinationConfig only(String... variables) throws ConfigException {
        List<DestinationConfig> destinations = load(variables);
        assertThat(destinations).hasSize(1);
        return destinations.getFirst();
    }

    private static List<DestinationConfig> load(String... variables) throws ConfigException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return new ConfigLoader(environment).load().config().destinations();
    }
}
