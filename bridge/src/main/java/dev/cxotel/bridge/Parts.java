package dev.cxotel.bridge;

import dev.cxotel.bridge.auth.ListenRule;
import dev.cxotel.bridge.auth.diagnose.DiagnosisLog;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.load.EffectiveConfig;
import dev.cxotel.bridge.console.AdminServer;
import dev.cxotel.bridge.contact.ContactRules;
import dev.cxotel.bridge.contactroot.ContactSlice;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.late.LateSpanSlice;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.pipeline.ContactRoots;
import dev.cxotel.bridge.pipeline.PipelineSettings;
import dev.cxotel.bridge.pipeline.Pipelines;
import dev.cxotel.bridge.pipeline.patience.PipelineState;
import dev.cxotel.bridge.pipeline.patience.Sleeper;
import dev.cxotel.bridge.receiver.HealthServer;
import dev.cxotel.bridge.receiver.Receiver;
import dev.cxotel.bridge.receiver.tls.Certificates;
import dev.cxotel.bridge.scriptapi.ScriptApiSlice;
import dev.cxotel.bridge.scriptapi.TimeZoneSuspicion;
import dev.cxotel.bridge.signal.RecentDecodings;
import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.telemetry.OtelTelemetry;
import dev.cxotel.bridge.voicequality.VoiceQualitySlice;
import dev.cxotel.bridge.volumes.VolumeGauges;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running parts of one configuration snapshot. */
record Parts(
        BridgeConfig config,
        List<Destination> destinations,
        Optional<BuiltInPreview> preview,
        Pipelines pipelines,
        Certificates certificates,
        Authentication authentication,
        List<VolumeGauges> gauges,
        Receiver receiver,
        HealthServer health,
        AdminServer admin,
        Journal journal) {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    /** Of bodies that all pipelines decode once: a few batches. */
    private static final long DECODED_BYTES = 2L << 20;

    static final String USER_AGENT = "cxotel/" + Version.current();

    /**
     * Finds what forbids a start but needs no start to be found.
     *
     * @throws ConfigException with every problem
     */
    static void check(BridgeConfig config) throws ConfigException {
        List<ConfigException.Problem> problems = ListenRule.problems(config.receiver()).stream()
                .map(message -> new ConfigException.Problem("", 0, 0, "receiver", message))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** The slices of a configuration: all that decodes and maps. */
    static List<Slice> slices(BridgeConfig config, String instanceId) {
        MappingConfig mapping = config.mapping();
        Map<String, ZoneId> zones = new HashMap<>();
        for (SubscriptionConfig subscription : config.receiver().subscriptions()) {
            subscription.timeZone().ifPresent(zone -> zones.put(subscription.name(), zone));
        }
        Resources resource = resources(config, instanceId);
        return List.of(new VoiceQualitySlice(mapping, resource), new ScriptApiSlice(mapping, zones, resource));
    }

    private static Resources resources(BridgeConfig config, String instanceId) {
        Map<String, Map<String, String>> attributes = new HashMap<>();
        config.receiver()
                .subscriptions()
                .forEach(subscription -> attributes.put(subscription.name(), subscription.resource()));
        return new Resources(config.resource(), config.mapping(), attributes, instanceId);
    }

    /** When contacts close: earlier than configured where a destination takes no old spans. Empty: no root spans. */
    private static Optional<ContactRoots> roots(BridgeConfig config) {
        MappingConfig.Trace trace = config.mapping().trace();
        Optional<Duration> age = config.destinations().stream()
                .flatMap(destination -> destination.style().maxSpanAge().stream())
                .min(Duration::compareTo)
                .map(ContactRules::youngerThan);
        return trace.rootSpan()
                ? Optional.of(new ContactRoots(
                        new ContactRules(trace.idleTimeout(), trace.maxDuration(), age), ContactSlice::body))
                : Optional.empty();
    }

    /** Changes with whatever makes telemetry of events: the program and its mapping. */
    private static String translation(BridgeConfig config) {
        return Hash.of(Version.current() + "\n" + EffectiveConfig.translation(config))
                .prefix(16);
    }

    /** What the pipelines decode: what was received, and what the bridge derived from it. */
    private static Slices withDerived(BridgeConfig config, List<Slice> received, String instanceId) {
        List<Slice> all = new ArrayList<>(received);
        all.add(new LateSpanSlice());
        all.add(new ContactSlice(resources(config, instanceId), config.mapping().privacy()));
        return new Slices(all);
    }

    /** Starts from the destinations to the door; what was started is stopped again when a later part fails. */
    static Parts start(BridgeConfig config, Journal journal, OtelTelemetry telemetry, InstantSource clock)
            throws ConfigException, JournalException, IOException {
        Opened opened = new Opened();
        try {
            List<Slice> slices = slices(config, journal.instanceId());
            Slices decoder = new Slices(slices);
            List<Destination> destinations = new ArrayList<>();
            for (DestinationConfig destination : config.destinations()) {
                destinations.add(opened.add(new Destination(destination, USER_AGENT, clock), Destination::close));
            }
            Slices delivered = withDerived(config, slices, journal.instanceId());
            PipelineSettings settings = new PipelineSettings(
                    new RecentDecodings(delivered, DECODED_BYTES),
                    delivered::forType,
                    Scope.INFO,
                    config.mapping().cardinalityLimit(),
                    translation(config),
                    telemetry,
                    clock,
                    () -> ThreadLocalRandom.current().nextDouble(),
                    Sleeper.REAL);
            Optional<BuiltInPreview> preview = Optional.empty();
            Pipelines pipelines;
            if (destinations.isEmpty()) {
                BuiltInPreview started = opened.add(BuiltInPreview.start(clock), BuiltInPreview::close);
                preview = Optional.of(started);
                pipelines = Pipelines.tail(started.destination(), journal, settings, roots(config));
            } else {
                pipelines = Pipelines.create(destinations, journal, settings, roots(config));
            }
            pipelines.start();
            opened.add(pipelines, started -> started.stop(Duration.ZERO));
            Certificates certificates =
                    opened.add(Certificates.open(config.receiver(), telemetry, clock), Certificates::close);
            certificates.warnings().forEach(log::warn);
            Authentication authentication = opened.add(
                    Authentication.open(config.receiver(), certificates::authenticator, telemetry),
                    Authentication::close);
            DiagnosisLog diagnoses = authentication.diagnoses(config.receiver());
            VolumeBoard volumes = new VolumeBoard(config, resources(config, journal.instanceId()), clock);
            List<VolumeGauges> gauges = new ArrayList<>();
            for (Destination destination : receiving(destinations, preview)) {
                volumes.gauges(destination).ifPresent(each -> gauges.add(opened.add(each, VolumeGauges::close)));
            }
            Receiver receiver = opened.add(
                    Receiver.start(
                            config.receiver(),
                            new Receiver.Parts(
                                    authentication::of,
                                    decoder,
                                    slices,
                                    config.mapping(),
                                    journal,
                                    telemetry,
                                    () -> new TimeZoneSuspicion()::add,
                                    volumes::heard,
                                    clock,
                                    (subscription, request) -> diagnoses.examine(subscription.name(), request)),
                            certificates.tls()),
                    Receiver::stop);
            HealthServer health = opened.add(
                    HealthServer.start(
                            config.health(),
                            new HealthServer.Sources(
                                    journal,
                                    receiver::isStopping,
                                    telemetry::scrape,
                                    OtelTelemetry.CONTENT_TYPE,
                                    details(receiver, pipelines, certificates))),
                    HealthServer::stop);
            AdminServer admin = AdminServer.start(
                    config.admin(),
                    config.journal().directory(),
                    Operator.sources(
                            config,
                            journal,
                            decoder,
                            authentication.reverification(config.receiver()),
                            true,
                            diagnoses::last,
                            counts(preview),
                            clock),
                    new SecureRandom());
            return new Parts(
                    config,
                    destinations,
                    preview,
                    pipelines,
                    certificates,
                    authentication,
                    gauges,
                    receiver,
                    health,
                    admin,
                    journal);
        } catch (ConfigException | JournalException | IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Stops from the door inward. Returns how many events wait for the next start, over all pipelines. */
    long stop() {
        receiver.stop();
        certificates.close();
        authentication.close();
        pipelines.stop(config.receiver().stopTimeout());
        long waiting = journal.status().pipelines().stream()
                .mapToLong(pipeline -> pipeline.behind())
                .max()
                .orElse(0);
        health.stop();
        admin.stop();
        gauges.forEach(VolumeGauges::close);
        destinations.forEach(Destination::close);
        preview.ifPresent(BuiltInPreview::close);
        return waiting;
    }

    private static List<Destination> receiving(List<Destination> destinations, Optional<BuiltInPreview> preview) {
        return preview.map(BuiltInPreview::destination).map(List::of).orElse(destinations);
    }

    private static Supplier<Map<String, Long>> counts(Optional<BuiltInPreview> preview) {
        return () -> preview.map(BuiltInPreview::counts).orElse(Map.of());
    }

    private static Supplier<Map<String, String>> details(
            Receiver receiver, Pipelines pipelines, Certificates certificates) {
        return () -> {
            Map<String, String> details = new TreeMap<>(certificates.details());
            receiver.timeZoneAdvice()
                    .forEach((subscription, advice) -> details.put("time_zone " + subscription, advice));
            for (PipelineState state : pipelines.states()) {
                String condition = state.condition().name().toLowerCase(Locale.ROOT);
                details.put(
                        "pipeline " + state.id(),
                        state.reason().isEmpty() ? condition : condition + ": " + state.reason());
            }
            return details;
        };
    }
}
