package dev.cxotel.otelconfig.generator;

/**
 * A list of log records in Loki's language. Loki keeps {@code service.name} as a label and the event name as structured
 * metadata, in which dots become underscores.
 */
final class LogQl {

    private LogQl() {}

    static String of(String eventName) {
        String service = eventName.startsWith("cxone.voice") ? "cxone-voice" : "cxone-studio";
        return "{service_name=\"" + service + "\"} | event_name=\"" + eventName + "\"";
    }
}
