package dev.cxotel.bridge.config.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.yaml.Quantity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A configuration written as the YAML that would make it, every key spelled out. Values of headers, keys and
 * the secrets of signatures are shown as {@value #MASK}.
 */
public final class EffectiveConfig {

    static final String MASK = "***";

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build());

    private EffectiveConfig() {}

    public static String yaml(BridgeConfig config) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("cxotel", 1);
        all.put("resource", Map.of("attributes", texts(config.resource().attributes())));
        all.put("receiver", receiver(config.receiver()));
        all.put("journal", journal(config.journal()));
        all.put("mapping", mapping(config.mapping()));
        all.put(
                "destinations",
                config.destinations().stream().map(EffectiveConfig::destination).toList());
        all.put("health", address(config.health().host(), config.health().port()));
        Map<String, Object> admin =
                address(config.admin().host(), config.admin().port());
        admin.put("allowed_hosts", config.admin().allowedHosts());
        all.put("admin", admin);
        Map<String, Object> logging = new LinkedHashMap<>();
        logging.put("level", Words.of(config.logging().level()));
        logging.put("format", Words.of(config.logging().format()));
        all.put("logging", logging);
        return written(all);
    }

    /** What of a configuration decides how events become telemetry; the same text for the same. */
    public static String translation(BridgeConfig config) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("resource", texts(config.resource().attributes()));
        all.put("subscriptions", receiver(config.receiver()).get("subscriptions"));
        all.put("mapping", mapping(config.mapping()));
        config.mapping().privacy().hmacKey().ifPresent(key -> all.put("hmac_key_id", key.id("privacy")));
        return written(all);
    }

    private static String written(Map<String, Object> all) {
        try {
            return YAML.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> receiver(ReceiverConfig receiver) {
        Map<String, Object> map = address(receiver.host(), receiver.port());
        map.put("max_body_size", Quantity.sizeText(receiver.maxBodySize()));
        map.put(
                "max_in_flight_bytes",
                receiver.maxInFlightBytes().map(Quantity::sizeText).orElse("auto"));
        map.put("max_connections", receiver.maxConnections());
        map.put("success_status", receiver.successStatus());
        map.put("probe_status", receiver.probeStatus());
        map.put("body_timeout", Quantity.durationText(receiver.bodyTimeout()));
        map.put("stop_timeout", Quantity.durationText(receiver.stopTimeout()));
        map.put("trusted_proxies", receiver.trustedProxies());
        receiver.tls().ifPresent(tls -> map.put("tls", TlsReader.yaml(tls)));
        List<Map<String, Object>> subscriptions = new ArrayList<>();
        for (SubscriptionConfig subscription : receiver.subscriptions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", subscription.name());
            one.put("type", subscription.type().configName());
            one.put("path", subscription.path());
            EffectiveAuth.of(subscription.auth()).ifPresent(auth -> one.put("auth", auth));
            subscription.timeZone().ifPresent(zone -> one.put("time_zone", zone.getId()));
            if (!subscription.resource().isEmpty()) {
                one.put("resource", texts(subscription.resource()));
            }
            access(subscription, one);
            subscriptions.add(one);
        }
        map.put("subscriptions", subscriptions);
        return map;
    }

    private static void access(SubscriptionConfig subscription, Map<String, Object> one) {
        if (!subscription.access().allowFrom().isEmpty()) {
            one.put("allow_from", subscription.access().allowFrom());
        }
        subscription.access().requestsPerSecond().ifPresent(rate -> one.put("rate_limit", AccessReader.rateText(rate)));
        subscription.signatureUrl().ifPresent(url -> one.put("signature_url", text(url.toString())));
        one.put("on_unverified", Words.of(subscription.onUnverified()));
        one.put("diagnose", subscription.diagnose());
    }

    private static Map<String, Object> journal(JournalConfig journal) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("directory", text(journal.directory().toString()));
        map.put("max_size", Quantity.sizeText(journal.maxSize()));
        map.put("min_free_disk", Quantity.sizeText(journal.minFreeDisk()));
        map.put("replay_retention", Quantity.durationText(journal.replayRetention()));
        map.put("deduplication_window", Quantity.durationText(journal.deduplicationWindow()));
        map.put("max_backlog_age", Quantity.durationText(journal.maxBacklogAge()));
        map.put("on_full", Words.of(journal.onFull()));
        map.put("quarantine_max_size", Quantity.sizeText(journal.quarantineMaxSize()));
        map.put("quarantine_retention", Quantity.durationText(journal.quarantineRetention()));
        if (!journal.encryptionKeys().isEmpty()) {
            map.put(
                    "encryption",
                    Map.of("keys", Collections.nCopies(journal.encryptionKeys().size(), MASK)));
        }
        return map;
    }

    private static Map<String, Object> mapping(MappingConfig mapping) {
        Map<String, Object> map = new LinkedHashMap<>();
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("voice", text(mapping.serviceNames().voice()));
        names.put("studio", text(mapping.serviceNames().studio()));
        names.put("contact", text(mapping.serviceNames().contact()));
        map.put("service_names", names);
        map.put("time_zone", mapping.timeZone().getId());
        map.put("response_time_unit", unit(mapping.responseTimeUnit()));
        map.put("date_time_is", Words.of(mapping.dateTimeIs()));
        map.put("ok_status", List.copyOf(new TreeSet<>(mapping.calls().okStatus())));
        map.put("error_types", texts(mapping.calls().errorTypes()));
        map.put("peers", texts(mapping.calls().peers()));
        Map<String, Object> dataSources = new TreeMap<>();
        mapping.dataSources().forEach((source, units) -> dataSources.put(source, new TreeMap<>(units)));
        map.put("data_sources", dataSources);
        map.put("business_units", texts(mapping.businessUnits()));
        map.put("privacy", privacy(mapping.privacy()));
        map.put("unknown_fields", Words.of(mapping.unknownFields()));
        map.put("metrics", metrics(mapping));
        map.put("export_suspect", mapping.exportSuspect());
        Map<String, Object> trace = new LinkedHashMap<>();
        trace.put("root_span", mapping.trace().rootSpan());
        trace.put("idle_timeout", Quantity.durationText(mapping.trace().idleTimeout()));
        trace.put("max_duration", Quantity.durationText(mapping.trace().maxDuration()));
        map.put("trace", trace);
        Map<String, Object> late = new LinkedHashMap<>();
        late.put("metrics", mapping.late().measured() ? "include" : "exclude");
        late.put("late_after", Quantity.durationText(mapping.late().lateAfter()));
        map.put("late", late);
        map.put("volumes", Map.of("window", Quantity.durationText(mapping.volumesWindow())));
        map.put("cardinality_limit", mapping.cardinalityLimit());
        map.put("thresholds", thresholds(mapping.thresholds()));
        map.put("span_name", text(mapping.spanName()));
        return map;
    }

    private static Map<String, Object> privacy(MappingConfig.Privacy privacy) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("agent_name", Words.of(privacy.agentName()));
        map.put("phone_numbers", Words.of(privacy.phoneNumbers()));
        map.put("url_query", Words.of(privacy.urlQuery()));
        map.put("url_path", Words.of(privacy.urlPath()));
        map.put("messages", Words.of(privacy.messages()));
        Map<String, Object> fields = new TreeMap<>();
        privacy.fields().forEach((attribute, field) -> fields.put(attribute, Words.of(field)));
        map.put("fields", fields);
        privacy.hmacKey().ifPresent(key -> map.put("hmac_key", MASK));
        return map;
    }

    private static Map<String, Object> metrics(MappingConfig mapping) {
        Map<String, Object> metrics = new TreeMap<>();
        TreeSet<String> changed = new TreeSet<>(mapping.disabledMetrics());
        changed.addAll(mapping.metricAttributes().keySet());
        changed.addAll(MappingConfig.DEFAULT.disabledMetrics());
        for (String name : changed) {
            Map<String, Object> metric = new LinkedHashMap<>();
            metric.put("enabled", !mapping.disabledMetrics().contains(name));
            metric.put("add", mapping.metricAttributes().getOrDefault(name, List.of()));
            metrics.put(name, metric);
        }
        return metrics;
    }

    private static Map<String, Object> thresholds(MappingConfig.Thresholds bounds) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mos", pair(bounds.mosFair(), bounds.mosPoor()));
        map.put("jitter", pair(milliseconds(bounds.jitterFair()), milliseconds(bounds.jitterPoor())));
        map.put("packet_loss", pair(bounds.lossFair(), bounds.lossPoor()));
        map.put("rtt", pair(milliseconds(bounds.rttFair()), milliseconds(bounds.rttPoor())));
        map.put("r_factor", pair(bounds.rFactorFair(), bounds.rFactorPoor()));
        map.put("short_call", Quantity.durationText(bounds.shortCall()));
        return map;
    }

    private static Map<String, Object> destination(DestinationConfig destination) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", destination.name());
        map.put("preset", destination.preset());
        List<String> signals = Endpoint.SIGNALS.stream()
                .filter(destination.endpoints()::containsKey)
                .toList();
        Map<String, Object> endpoints = new LinkedHashMap<>();
        signals.forEach(signal -> endpoints.put(
                signal, text(String.valueOf(destination.endpoints().get(signal)))));
        map.put("protocol", protocol(destination));
        map.put("endpoints", endpoints);
        map.put("signals", signals);
        if (!destination.subscriptions().isEmpty()) {
            map.put("subscriptions", new TreeSet<>(destination.subscriptions()));
        }
        Map<String, Object> headers = new TreeMap<>();
        destination.headers().keySet().forEach(name -> headers.put(name, MASK));
        destination.signalHeaders().values().forEach(own -> own.keySet().forEach(name -> headers.put(name, MASK)));
        map.put("headers", headers);
        map.put("compression", destination.gzip() ? "gzip" : "none");
        map.put("temporality", Words.of(destination.temporality()));
        map.put("histogram", Words.of(destination.histogram()));
        map.put("metric_interval", Quantity.durationText(destination.metricInterval()));
        map.put("batch_delay", Quantity.durationText(destination.batchDelay()));
        map.put("timeout", Quantity.durationText(destination.timeout()));
        map.put("bad_request", Words.of(destination.badRequest()));
        map.put("start", destination.fromOldest() ? "oldest" : "now");
        map.put("self_telemetry", destination.selfTelemetry());
        destination.ca().ifPresent(file -> map.put("ca", text(file.toString())));
        destination
                .clientCertificate()
                .ifPresent(pair -> map.put(
                        "client_certificate",
                        new TreeMap<>(Map.of(
                                "certificate", text(pair.certificate().toString()),
                                "private_key", text(pair.privateKey().toString())))));
        destination.proxy().ifPresent(proxy -> map.put("proxy", text(EgressProxy.masked(proxy))));
        destination.style().traceLink().ifPresent(link -> map.put("trace_link", text(link)));
        return map;
    }

    private static String protocol(DestinationConfig destination) {
        return DestinationReader.PROTOCOLS.entrySet().stream()
                .filter(entry -> entry.getValue() == destination.protocol())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> address(String host, int port) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("host", host);
        map.put("port", port);
        return map;
    }

    private static Map<String, Object> pair(Object fair, Object poor) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fair", fair);
        map.put("poor", poor);
        return map;
    }

    private static String milliseconds(double seconds) {
        return Quantity.durationText(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static String unit(MappingConfig.ResponseTimeUnit unit) {
        return MappingReader.RESPONSE_TIME_UNITS.entrySet().stream()
                .filter(entry -> entry.getValue() == unit)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> texts(Map<String, String> texts) {
        Map<String, String> written = new TreeMap<>();
        texts.forEach((key, value) -> written.put(key, text(value)));
        return written;
    }

    /** A dollar sign is written twice, or it would begin a variable. */
    static String text(String value) {
        return value.replace("$", "$$");
    }
}
