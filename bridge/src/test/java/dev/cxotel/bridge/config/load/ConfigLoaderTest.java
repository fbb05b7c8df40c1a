package dev.cxotel.bridge.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.AccessConfig;
import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Histogram;
import dev.cxotel.bridge.config.DestinationConfig.Temporality;
import dev.cxotel.bridge.config.HealthConfig;
import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.LoggingConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.TlsConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    private static final Path CONFIG = Path.of("src/test/resources/config");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PORT",
            "8443",
            "TENANT",
            "007",
            "CA_FILE",
            CONFIG.resolve("secret.txt").toString());

    /** Components that no key reaches in this version: what they set is not built. */
    private static final Set<String> LATER = Set.of(".receiver.http2");

    private static final String JOURNAL_KEY = "f00dfeed".repeat(8);

    @TempDir
    Path folder;

    @Test
    void load_withoutFileAndEnvironment_isTheDefaults() throws ConfigException {
        Loaded loaded = new ConfigLoader(Map.of()).load();
        assertThat(loaded.config())
                .isEqualTo(new BridgeConfig(
                        ResourceConfig.DEFAULT,
                        ReceiverConfig.DEFAULT,
                        JournalConfig.DEFAULT,
                        MappingConfig.DEFAULT,
                        List.of(),
                        HealthConfig.DEFAULT,
                        AdminConfig.DEFAULT,
                        LoggingConfig.DEFAULT,
                        "cxotel"));
        assertThat(loaded.warnings()).singleElement().asString().contains("no destination");
    }

    @Test
    void load_onlyTheVersion_isTheDefaults() throws ConfigException, IOException {
        assertThat(load("cxotel: 1").config())
                .isEqualTo(new ConfigLoader(Map.of()).load().config());
    }

    @Test
    void load_fileThatChangesEverything_reachesEveryComponent() throws ConfigException {
        BridgeConfig changed = everythingChanged();
        BridgeConfig absent =
                new ConfigLoader(Map.of("OTEL_SERVICE_NAME", "own")).load().config();
        Set<String> same = new TreeSet<>();
        collectSame("", absent, changed, same);
        same.remove(".serviceName");
        assertThat(changed.serviceName()).isEqualTo("cxotel");
        assertThat(absent.serviceName()).isEqualTo("own");
        assertThat(same).isEqualTo(new TreeSet<>(LATER));
    }

    @Test
    void load_fileThatChangesEverything_meansWhatItSays() throws ConfigException {
        BridgeConfig config = everythingChanged();
        assertThat(config.resource().attributes())
                .isEqualTo(Map.of("deployment.environment.name", "production", "tier", "3"));
        assertThat(config.receiver())
                .isEqualTo(new ReceiverConfig(
                        "0.0.0.0",
                        8443,
                        2 << 20,
                        Optional.of(64L << 20),
                        64,
                        202,
                        200,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(90),
                        List.of("10.0.0.0/8", "fd00::/8"),
                        false,
                        List.of(new SubscriptionConfig(
                                "one",
                                EventType.SCRIPT_API,
                                "/one",
                                AuthConfig.NONE,
                                Optional.of(ZoneId.of("America/Denver")),
                                Map.of("tenant", "007"),
                                new AccessConfig(List.of("192.0.2.0/24"), Optional.of(0.5)),
                                Optional.of(URI.create("https://hooks.example.com:443/a%2Fb?x=%7e")),
                                SubscriptionConfig.OnUnverified.REFUSE,
                                true)),
                        Optional.of(new TlsConfig(
                                Path.of("src/test/resources/config/server.pem"),
                                Path.of("src/test/resources/config/server.key"),
                                Optional.empty(),
                                Duration.ofMinutes(2),
                                true,
                                50,
                                Duration.ofSeconds(3)))));
        assertThat(config.journal())
                .isEqualTo(new JournalConfig(
                        Path.of("/var/lib/cxotel"),
                        1L << 30,
                        100_000_000,
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ofHours(3),
                        JournalConfig.OnFull.REFUSE,
                        5 << 20,
                        Duration.ofHours(12),
                        List.of(
                                new SecretKey(Bytes.wrap(HexFormat.of().parseHex(JOURNAL_KEY))),
                                new SecretKey(Bytes.wrap(new byte[32])))));
        assertThat(config.mapping().metricAttributes())
                .isEqualTo(Map.of("cxone.voice.mos", List.of("cxone.team.name")));
        assertThat(config.mapping().disabledMetrics()).containsExactly("cxone.voice.bitrate");
        assertThat(config.mapping().calls())
                .isEqualTo(new MappingConfig.Calls(
                        Set.of(404, 409), Map.of("-1", "crm_unreachable"), Map.of("api.example.com", "crm")));
        assertThat(config.mapping().trace())
                .isEqualTo(new MappingConfig.Trace(false, Duration.ofMinutes(10), Duration.ofHours(1)));
        assertThat(config.mapping().thresholds().jitterFair()).isEqualTo(0.010);
        assertThat(config.mapping().thresholds().rttPoor()).isEqualTo(0.200);
        assertThat(config.mapping().responseTimeUnit()).isEqualTo(MappingConfig.ResponseTimeUnit.AUTO);
        assertThat(config.logging()).isEqualTo(new LoggingConfig(LoggingConfig.Level.DEBUG, LoggingConfig.Format.TEXT));
    }

    @Test
    void load_destinations_startFromThePreset() throws ConfigException {
        List<DestinationConfig> destinations = everythingChanged().destinations();
        DestinationConfig first = destinations.get(0);
        assertThat(first.endpoints())
                .isEqualTo(Map.of(
                        "traces", URI.create("https://collector.example:4318/base/v1/traces"),
                        "metrics", URI.create("https://collector.example:4318/base/v1/metrics")));
        assertThat(first.headers()).isEqualTo(Map.of("X-Key", "se$cret,1", "x-price", "5$"));
        assertThat(first.temporality()).isEqualTo(Temporality.DELTA);
        assertThat(first.histogram()).isEqualTo(Histogram.EXPONENTIAL);
        assertThat(first.gzip()).isFalse();
        assertThat(first.metricInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(first.batchDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(first.proxy()).contains(URI.create("http://proxy.example:3128"));
        assertThat(first.ca()).isPresent();
        assertThat(first.selfTelemetry()).isFalse();
        assertThat(first.toString()).doesNotContain("se$cret");

        DestinationConfig second = destinations.get(1);
        assertThat(second.preset()).isEqualTo("collector");
        assertThat(second.endpoints())
                .isEqualTo(Map.of(
                        "traces", URI.create("http://localhost:4318/v1/traces"),
                        "metrics", URI.create("http://localhost:4318/v1/metrics"),
                        "logs", URI.create("http://logs.example/otlp")));
        assertThat(second.gzip()).isTrue();
        assertThat(second.temporality()).isEqualTo(Temporality.CUMULATIVE);
        assertThat(second.histogram()).isEqualTo(Histogram.EXPLICIT);
        assertThat(second.metricInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(second.batchDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(second.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(second.maxRequestBytes()).isEqualTo(1_000_000);
        assertThat(second.maxRequestItems()).isEqualTo(512);
        assertThat(second.minPointSpacing()).isEqualTo(Duration.ZERO);
        assertThat(second.maxMetricAge()).isEmpty();
        assertThat(second.selfTelemetry()).isTrue();
    }

    @Test
    void load_noDestinationSaysSo_firstThatTakesMetricsGetsSelfTelemetry() throws ConfigException, IOException {
        List<DestinationConfig> destinations = load("""
                        cxotel: 1
                        destinations:
                          - { name: a, signals: [traces] }
                          - { name: b }
                          - { name: c }
                        """).config().destinations();
        assertThat(destinations).extracting(DestinationConfig::selfTelemetry).containsExactly(false, true, false);
    }

    @Test
    void load_json_isYaml() throws ConfigException, IOException {
        assertThat(load("{\n\t\"cxotel\": 1,\n\t\"receiver\": {\"port\": 9000}\n}")
                        .config()
                        .receiver()
                        .port())
                .isEqualTo(9000);
    }

    @Test
    void load_byteOrderMark_isSkipped() throws ConfigException, IOException {
        assertThat(load("\uFEFFcxotel: 1\nlogging: { level: warn }")
                        .config()
                        .logging()
                        .level())
                .isEqualTo(LoggingConfig.Level.WARN);
    }

    @Test
    void load_wordsOfOldYaml_areTexts() throws ConfigException, IOException {
        assertThat(load("cxotel: 1\nresource: { attributes: { a: yes, b: 08:30, c: 0x1F, d: on, e: 1_000 } }")
                        .config()
                        .resource()
                        .attributes())
                .isEqualTo(Map.of("a", "yes", "b", "08:30", "c", "0x1F", "d", "on", "e", "1_000"));
    }

    @Test
    void load_missingFile_isOneProblem() {
        assertThat(problems(folder.resolve("absent.yaml")))
                .containsExactly(folder.resolve("absent.yaml") + ": there is no such file");
    }

    @Test
    void load_directory_isOneProblem() {
        assertThat(problems(folder)).containsExactly(folder + ": this is a directory, not a file");
    }

    @Test
    void load_emptyFile_isOneProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "");
        assertThat(problems(file)).containsExactly(file + ":1:1: the file is empty; it must begin with `cxotel: 1`");
    }

    @Test
    void load_notText_isOneProblem() throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe4});
        Path zero = Files.write(folder.resolve("zero.yaml"), new byte[] {'a', ':', 0});
        assertThat(problems(latin)).containsExactly(latin + ": this is not UTF-8 text");
        assertThat(problems(zero)).singleElement().asString().contains("this is not YAML: special characters");
    }

    @Test
    void load_bottomless_isOneProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.yaml"), "a: " + "[".repeat(10_000));
        assertThat(problems(file)).hasSize(1);
    }

    @Test
    void load_variables_areReplacedOnceAndTyped() throws ConfigException, IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), """
                cxotel: 1
                health: { port: "${PORT}" }
                admin:
                  host: localhost
                  port: ${env:PORT}1
                resource:
                  attributes:
                    plain: a ${TEXT} b
                    nested: ${NESTED}
                    fallback: ${ABSENT:-a:-b}
                    empty: x${EMPTY:-y}
                    dollars: $$5 $$ $ $x $${TEXT}
                """);
        BridgeConfig config = new ConfigLoader(Map.of("PORT", "1234", "TEXT", "t", "NESTED", "${TEXT}", "EMPTY", ""))
                .load(file)
                .config();
        assertThat(config.health().port()).isEqualTo(1234);
        assertThat(config.admin().port()).isEqualTo(12341);
        assertThat(config.resource().attributes())
                .isEqualTo(Map.of(
                        "plain", "a t b",
                        "nested", "${TEXT}",
                        "fallback", "a:-b",
                        "empty", "xy",
                        "dollars", "$5 $ $ $x ${TEXT}"));
    }

    @Test
    void print_readBack_isTheSameConfiguration() throws ConfigException, IOException {
        BridgeConfig config = everythingChanged();
        String printed = EffectiveConfig.yaml(config);
        assertThat(printed).doesNotContain("se$", "se$$", "cret,").contains("X-Key: '***'");
        String withKey = printed.replace("hmac_key: '***'", "hmac_key: 0123456789abcdef0123456789abcdef")
                .replaceFirst("    - '\\*\\*\\*'", "    - " + JOURNAL_KEY)
                .replaceFirst("    - '\\*\\*\\*'", "    - AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThat(printed).as("a key is not printed").doesNotContain(JOURNAL_KEY, "AAAAAAA");
        assertThat(withKey).as("a key is not printed").isNotEqualTo(printed);
        Path file = Files.writeString(folder.resolve("printed.yaml"), withKey);
        BridgeConfig again = new ConfigLoader(Map.of()).load(file).config();
        assertThat(EffectiveConfig.yaml(again)).isEqualTo(printed);
        assertThat(again.mapping()).isEqualTo(config.mapping());
        assertThat(again.receiver()).isEqualTo(config.receiver());
        assertThat(again.journal()).isEqualTo(config.journal());
        assertThat(again.resource()).isEqualTo(config.resource());
    }

    private Loaded load(String text) throws ConfigException, IOException {
        return new ConfigLoader(Map.of()).load(Files.writeString(folder.resolve("cxotel.yaml"), text));
    }

    private static BridgeConfig everythingChanged() throws ConfigException {
        return new ConfigLoader(ENVIRONMENT)
                .load(CONFIG.resolve("everything_changed.yaml"))
                .config();
    }

    private static List<String> problems(Path file) {
        try {
            new ConfigLoader(Map.of()).load(file);
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream().map(ConfigException.Problem::toString).toList();
        }
    }

    /** Collects the paths of the components that are equal in two records. */
    private static void collectSame(String path, Object one, Object other, Set<String> same) {
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            String below = path + "." + component.getName();
            Object a = value(component, one);
            Object b = value(component, other);
            if (a instanceof Record && a.getClass().getName().startsWith("dev.cxotel")) {
                collectSame(below, a, b, same);
            } else if (a.equals(b)) {
                same.add(below);
            }
        }
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
