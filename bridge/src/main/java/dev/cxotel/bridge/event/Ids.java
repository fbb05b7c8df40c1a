package dev.cxotel.bridge.event;

/**
 * The documented recipe of trace and span ids: hashes of names, so that a redelivered, replayed or re-exported event
 * has the same ids. {@code business unit} is the number after aliasing; a contact is the master contact, else the
 * contact.
 */
public final class Ids {

    private static final String VERSION = "cxotel/1|";

    private Ids() {}

    /** 32 hexadecimal digits: the trace of a contact. */
    public static String traceOfContact(String businessUnit, String contact) {
        return trace(businessUnit + "|" + contact);
    }

    /** 32 hexadecimal digits: the trace of an event that has no usable contact id. */
    public static String traceOfContent(String content) {
        return trace(content);
    }

    /** 16 hexadecimal digits: the root span of a contact. */
    public static String spanOfContact(String businessUnit, String contact) {
        return span("contact", businessUnit + "|" + contact);
    }

    /** 16 hexadecimal digits: a call leg. */
    public static String spanOfCallLeg(Hash content) {
        return span("call-leg", content.hex());
    }

    /** 16 hexadecimal digits: a script API call with a message id; a revision has its content in the id. */
    public static String spanOfScriptCall(String businessUnit, String messageId, int revision, Hash content) {
        String call = businessUnit + "|" + messageId;
        return span("script-api", revision == 0 ? call : call + "|" + content.hex());
    }

    /** 16 hexadecimal digits: a script API call without a message id. */
    public static String spanOfAnonymousScriptCall(Hash body, int index) {
        return span("script-api", anonymous(body, index));
    }

    /** What stands for the content of a script API call without a message id: {@code <body hash hex>#<index>}. */
    public static String anonymous(Hash body, int index) {
        return body.hex() + "#" + index;
    }

    private static String trace(String what) {
        return Hash.of(VERSION + "trace|" + what).prefix(16);
    }

    private static String span(String kind, String what) {
        return Hash.of(VERSION + kind + "|" + what).prefix(8);
    }
}
