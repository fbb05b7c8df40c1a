package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.HealthConfig;
import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.LoggingConfig;
import dev.cxotel.bridge.config.Loopback;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.config.yaml.Document;
import dev.cxotel.bridge.config.yaml.Place;
import dev.cxotel.bridge.config.yaml.Problems;
import dev.cxotel.bridge.config.yaml.SchemaFile;
import dev.cxotel.bridge.config.yaml.Section;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link BridgeConfig} of a file and the environment, or says everything that is wrong with them. */
public final class ConfigLoader {

    private static final SchemaFile SCHEMA = SchemaFile.resource("/dev/cxotel/otel-config/cxotel.schema.json");

    private static final long SMALLEST_JOURNAL = 16L << 20;

    private final Map<String, String> environment;
    private final KeyCheck keyCheck;

    /**
     * Looks at no key of a signature.
     *
     * @param environment the process's variables
     */
    public ConfigLoader(Map<String, String> environment) {
        this(environment, KeyCheck.NONE);
    }

    /** @param environment the process's variables */
    public ConfigLoader(Map<String, String> environment, KeyCheck keyCheck) {
        this.environment = Map.copyOf(environment);
        this.keyCheck = keyCheck;
    }

    /** What the environment alone says; everything else has its default. */
    public Loaded load() throws ConfigException {
        return build(Document.empty().root(), new Problems());
    }

    /** What {@code file} and the environment say. */
    public Loaded load(Path file) throws ConfigException {
        Problems problems = new Problems();
        Optional<String> text = text(file, problems);
        problems.throwIfAny();
        Optional<Document> document = Document.read(file.toString(), text.orElse(""), environment, SCHEMA, problems);
        if (document.isEmpty()) {
            problems.throwIfAny();
        }
        return build(document.orElseGet(Document::empty).root(), problems);
    }

    private static Optional<String> text(Path file, Problems problems) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                problems.add(name, Place.NONE, "", "this is a directory, not a file");
            } else if (!Files.exists(file)) {
                problems.add(name, Place.NONE, "", "there is no such file");
            } else {
                return Optional.of(Files.readString(file));
            }
        } catch (CharacterCodingException e) {
            problems.add(name, Place.NONE, "", "this is not UTF-8 text");
        } catch (IOException e) {
            problems.add(name, Place.NONE, "", "this cannot be read: " + e);
        }
        return Optional.empty();
    }

    private Loaded build(Section root, Problems problems) throws ConfigException {
        List<String> warnings = new ArrayList<>();
        OtelEnvironment otel = new OtelEnvironment(environment, problems, warnings);
        Optional<SdkConfigFile> sdkFile =
                SdkConfigFile.of(environment, problems, warnings, new EgressProxy(environment, problems));
        ReceiverConfig receiver = ReceiverReader.read(root.section("receiver"), new AuthReader(keyCheck, warnings));
        HealthConfig health = health(root.section("health"));
        AdminConfig admin = admin(root.section("admin"), warnings);
        Listeners.check(root, receiver, health, admin);
        List<DestinationConfig> destinations =
                new DestinationReader(environment, otel, sdkFile, problems, warnings).read(root, receiver);
        BridgeConfig config = new BridgeConfig(
                resource(root.section("resource").section("attributes"), otel, sdkFile),
                receiver,
                journal(root.section("journal")),
                MappingReader.read(root.section("mapping")),
                destinations,
                health,
                admin,
                logging(root.section("logging")),
                otel.serviceName());
        problems.throwIfAny();
        return new Loaded(config, warnings, root);
    }

    private static ResourceConfig resource(Section attributes, OtelEnvironment otel, Optional<SdkConfigFile> sdkFile) {
        ReceiverReader.refuseIdentity(attributes);
        Map<String, String> all = new LinkedHashMap<>(
                sdkFile.map(SdkConfigFile::resourceAttributes).orElseGet(otel::resourceAttributes));
        all.remove("service.name");
        all.putAll(attributes.texts());
        return new ResourceConfig(all);
    }

    private static JournalConfig journal(Section journal) {
        JournalConfig absent = JournalConfig.DEFAULT;
        long maxSize = journal.size("max_size", absent.maxSize());
        if (maxSize < SMALLEST_JOURNAL) {
            journal.problem("max_size", "a journal needs at least 16MiB");
        }
        return new JournalConfig(
                journal.parsed("directory", ConfigLoader::path, "a path").orElse(absent.directory()),
                maxSize,
                journal.size("min_free_disk", absent.minFreeDisk()),
                journal.duration("replay_retention", absent.replayRetention()),
                journal.duration("deduplication_window", absent.deduplicationWindow()),
                ReceiverReader.positive(journal, "max_backlog_age", absent.maxBacklogAge()),
                journal.choice(
                        "on_full",
                        Map.of("expire", JournalConfig.OnFull.EXPIRE, "refuse", JournalConfig.OnFull.REFUSE),
                        absent.onFull()),
                journal.size("quarantine_max_size", absent.quarantineMaxSize()),
                ReceiverReader.positive(journal, "quarantine_retention", absent.quarantineRetention()),
                EncryptionReader.read(journal.section("encryption")));
    }

    private static HealthConfig health(Section health) {
        return new HealthConfig(
                Listeners.host(health, HealthConfig.DEFAULT.host()),
                health.integer("port", HealthConfig.DEFAULT.port()));
    }

    private static AdminConfig admin(Section admin, List<String> warnings) {
        String host = Listeners.host(admin, AdminConfig.DEFAULT.host());
        if (!Loopback.is(host)) {
            warnings.add("the admin API listens on " + host
                    + ", beyond this machine, without TLS: its token goes in clear text");
        }
        return new AdminConfig(host, admin.integer("port", AdminConfig.DEFAULT.port()), admin.list("allowed_hosts"));
    }

    private static LoggingConfig logging(Section logging) {
        return new LoggingConfig(
                logging.choice("level", Words.of(LoggingConfig.Level.values()), LoggingConfig.DEFAULT.level()),
                logging.choice("format", Words.of(LoggingConfig.Format.values()), LoggingConfig.DEFAULT.format()));
    }

    static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
