package dev.cxotel.bridge.cli.keys;

import dev.cxotel.bridge.cli.terminal.Table;

/** What all {@code keys} commands say of CXone's form, in the same words, and how they write the configuration. */
final class CxoneForm {

    static final String VOICE = "/v1/voice-quality";
    static final String SCRIPTS = "/v1/script-api";

    private CxoneForm() {}

    /** The walk to the fields. */
    static String walk(String authenticationType) {
        return """
                In CXone
                  1. Your role needs the permission "Gateway Subscriptions Create" (application Monitoring Gateway).
                  2. Open Monitoring Gateway > Gateway Subscriptions > Create.
                  3. Choose the authentication type %s, and fill its fields in as below.
                  4. For each type of SELECT DATA TO RECEIVE, enter the CALLBACK URL below: one URL for each type.
                  5. Enter e-mail addresses that CXone writes to when a delivery fails, and save.
                """.formatted(authenticationType);
    }

    /**
     * The table of the fields, with those that every form has.
     *
     * @param base the bridge's public address, without a path
     */
    static Table fields(String base) {
        return new Table()
                .row("CXone's field", "value, or the file whose content to paste")
                .row("CALLBACK URL, Voice Quality", base + VOICE)
                .row("CALLBACK URL, Script API", base + SCRIPTS);
    }

    /** A YAML text that means exactly {@code text}. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "$$") + '"';
    }
}
