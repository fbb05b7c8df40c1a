package dev.cxotel.otelconfig.generator;

/**
 * A list of log records in Loki's language. Loki keeps {@code service.name} as a label and attributes as structured
 * metadata, in which dots become underscores; an event name only as the attribute {@code event.name}.
 */
final class LogQl {

    private LogQl() {}

    static String of(String eventName) {
        String service = eventName.startsWith("cxone.voice") ? "cxone-voice" : "cxone-studio";
        return "{service_name=\"" + service + "\"} | event_name=\"" + eventName + "\"";
    }
}
