package dev.cxotel.bridge.receiver.tls;

import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_CERTIFICATE_USE;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_RELOAD_RESULT;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME;

import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.mtls.ClientAuthorities;
import dev.cxotel.bridge.auth.mtls.MtlsAuthenticator;
import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import dev.cxotel.bridge.auth.pem.Reloaded;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.MtlsConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.TlsConfig;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelMetrics;
import io.helidon.common.tls.Tls;
import io.opentelemetry.api.common.Attributes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All certificate files of a receiver: its own chain and key, and the authorities of each subscription with mutual TLS.
 * They are looked at every {@code tls.reload_interval}; a changed one takes effect for the next handshake and the next
 * request, on connections that stand.
 */
public final class Certificates implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Certificates.class);

    private final Optional<Reloaded<ServerCertificate>> server;
    private final Map<Path, Reloaded<ClientAuthorities>> authorities;
    private final Map<String, MtlsAuthenticator> authenticators;
    private final Telemetry telemetry;
    private final Expiries expiries;
    private final ScheduledThreadPoolExecutor timer;
    private final Optional<Tls> tls;
    private final List<String> warnings;
    private @Nullable ScheduledFuture<?> looks;

    private Certificates(
            ReceiverConfig config,
            Optional<Reloaded<ServerCertificate>> server,
            Map<Path, Reloaded<ClientAuthorities>> authorities,
            Telemetry telemetry,
            InstantSource clock) {
        this.server = server;
        this.authorities = authorities;
        this.telemetry = telemetry;
        this.authenticators = authenticators(config, authorities, telemetry);
        this.expiries = new Expiries(telemetry, clock);
        this.timer = timer();
        this.tls = server.map(own -> TlsSetup.of(
                config.tls().orElseThrow(),
                own::current,
                () -> authorities.values().stream().map(Reloaded::current).toList(),
                telemetry,
                timer,
                clock));
        this.warnings =
                server
                        .flatMap(own -> CipherSuites.warning(
                                own.current().own(), config.tls().orElseThrow().legacyCiphers()))
                        .stream()
                        .toList();
        server.ifPresent(own -> expiries.server(() -> own.current().own()));
        config.subscriptions().forEach(subscription -> subscription
                .auth()
                .mtls()
                .ifPresent(mtls -> expiries.subscription(
                        subscription.name(),
                        () -> Objects.requireNonNull(authorities.get(mtls.clientCa()))
                                .current()
                                .certificates(),
                        () -> Objects.requireNonNull(authenticators.get(subscription.name()))
                                .lastExpiry())));
    }

    /**
     * Reads every file for the first time, and looks at them from then on.
     *
     * @throws ConfigException with every file that cannot be used
     */
    public static Certificates open(ReceiverConfig config, Telemetry telemetry, InstantSource clock)
            throws ConfigException {
        List<ConfigException.Problem> problems = new ArrayList<>();
        Optional<Reloaded<ServerCertificate>> server = config.tls()
                .flatMap(tls -> open(
                        () -> place(tls),
                        List.of(tls.certificate(), tls.privateKey()),
                        () -> ServerCertificate.read(tls),
                        problems));
        Map<Path, Reloaded<ClientAuthorities>> authorities = new LinkedHashMap<>();
        List<SubscriptionConfig> subscriptions = config.subscriptions();
        for (int i = 0; i < subscriptions.size(); i++) {
            String place = "receiver.subscriptions[" + i + "].auth.mtls.client_ca";
            subscriptions.get(i).auth().mtls().map(MtlsConfig::clientCa).ifPresent(file -> {
                if (!authorities.containsKey(file)) {
                    open(() -> place, List.of(file), () -> ClientAuthorities.read(file), problems)
                            .ifPresent(opened -> authorities.put(file, opened));
                }
            });
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        Certificates certificates = new Certificates(config, server, authorities, telemetry, clock);
        long pause = config.tls()
                .map(TlsConfig::reloadInterval)
                .orElse(TlsConfig.DEFAULT_RELOAD_INTERVAL)
                .toMillis();
        certificates.looks =
                certificates.timer.scheduleWithFixedDelay(certificates::refresh, pause, pause, TimeUnit.MILLISECONDS);
        return certificates;
    }

    /** What a listener needs to speak TLS; empty: plain HTTP. */
    public Optional<Tls> tls() {
        return tls;
    }

    /** How the subscription knows its sender by certificate; empty when it does not. */
    public Optional<Authenticator> authenticator(SubscriptionConfig subscription) {
        return Optional.ofNullable(authenticators.get(subscription.name()));
    }

    /** What an operator should mend before CXone calls. */
    public List<String> warnings() {
        return warnings;
    }

    /** Sentences on each certificate's end, for the health page. */
    public Map<String, String> details() {
        return expiries.sentences();
    }

    /** Looks at every file now. */
    public void refresh() {
        server.ifPresent(own -> look(own, "server"));
        authorities.values().forEach(one -> look(one, "client_ca"));
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.cancel(false);
        }
        timer.shutdownNow();
        expiries.close();
    }

    private void look(Reloaded<?> files, String use) {
        switch (files.look()) {
            case Reloaded.Look.Unchanged ignored -> {}
            case Reloaded.Look.Changed ignored -> {
                count(use, "reloaded");
                log.info("The {} certificates are reloaded from {}", use, files.files());
            }
            case Reloaded.Look.Bad bad -> {
                count(use, "failed");
                if (!bad.again()) {
                    log.error(
                            "The {} certificates stay what they were, the new files cannot be used: {}",
                            use,
                            bad.problem());
                }
            }
        }
    }

    private void count(String use, String result) {
        telemetry.add(
                CxotelMetrics.CXOTEL_RECEIVER_CERTIFICATE_RELOADS,
                1,
                Attributes.of(CXOTEL_CERTIFICATE_USE, use, CXOTEL_RELOAD_RESULT, result));
    }

    private static Map<String, MtlsAuthenticator> authenticators(
            ReceiverConfig config, Map<Path, Reloaded<ClientAuthorities>> authorities, Telemetry telemetry) {
        TrustedProxies proxies = TrustedProxies.of(config.trustedProxies());
        Map<String, MtlsAuthenticator> authenticators = new LinkedHashMap<>();
        for (SubscriptionConfig subscription : config.subscriptions()) {
            Attributes name = Attributes.of(CXOTEL_SUBSCRIPTION_NAME, subscription.name());
            subscription
                    .auth()
                    .mtls()
                    .ifPresent(mtls -> authenticators.put(
                            subscription.name(),
                            new MtlsAuthenticator(
                                    mtls,
                                    () -> Objects.requireNonNull(authorities.get(mtls.clientCa()))
                                            .current(),
                                    proxies,
                                    () -> telemetry.add(
                                            CxotelMetrics.CXOTEL_RECEIVER_CERTIFICATE_HEADERS_IGNORED, 1, name))));
        }
        return authenticators;
    }

    private static <T> Optional<Reloaded<T>> open(
            Supplier<String> place,
            List<Path> files,
            Reloaded.Reader<T> reader,
            List<ConfigException.Problem> problems) {
        try {
            return Optional.of(Reloaded.open(files, reader));
        } catch (PemException e) {
            problems.add(new ConfigException.Problem("", 0, 0, place.get(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** Of the two files, the one to mend. */
    private static String place(TlsConfig tls) {
        try {
            PemFile.read(tls.certificate()).certificates();
            return "receiver.tls.private_key";
        } catch (PemException e) {
            return "receiver.tls.certificate";
        }
    }

    /** One thread for the deadlines of handshakes, one for the files. */
    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                2, Thread.ofPlatform().daemon().name("receiver-tls-", 0).factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return timer;
    }

    /** The longest that a connection may wait for its handshake's turn. */
    static Duration longestWait(TlsConfig tls) {
        return tls.handshakeTimeout().dividedBy(2);
    }
}
