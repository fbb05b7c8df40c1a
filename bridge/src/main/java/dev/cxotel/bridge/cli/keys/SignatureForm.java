package dev.cxotel.bridge.cli.keys;

import dev.cxotel.bridge.auth.keys.IssuedKey;
import dev.cxotel.bridge.auth.keys.KeyAlgorithm;
import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.config.scheme.Scheme;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a person does with new signature keys: the walk through CXone's form, what goes into each of its fields, and the
 * configuration that matches.
 *
 * @param url the bridge's public address, without a path
 * @param keys the newest last; each with the moment from which it counts no more
 */
record SignatureForm(Scheme scheme, String consumerId, Optional<String> url, List<Lasting> keys) {

    /** A key and its end. */
    record Lasting(IssuedKey key, Instant notAfter) {}

    private static final String SOMEWHERE = "https://YOUR-HOST";

    SignatureForm {
        keys = List.copyOf(keys);
    }

    /** The whole text; from the line {@code cxotel: 1} on it is the configuration. */
    String text() {
        return CxoneForm.walk("with a signature") + "\n" + fields() + "\n" + remarks() + "\n" + configuration();
    }

    private String fields() {
        Lasting newest = keys.getLast();
        Table table = CxoneForm.fields(base())
                .row("CONSUMER ID", consumerId)
                .row("PRIVATE KEY", newest.key().sender());
        newest.key().oneLine().ifPresent(file -> table.row("", file + " (if the field takes no line breaks)"));
        return table.row("KEY VERSION", Integer.toString(newest.key().version()))
                .row("SIGNATURE URL", base() + CxoneForm.VOICE)
                .row("REFRESH RATE", "5 minutes")
                .toText(0);
    }

    private String remarks() {
        Lasting newest = keys.getLast();
        StringBuilder text = new StringBuilder();
        text.append("NICE does not publish what it signs. ")
                .append(scheme.name())
                .append(
                        scheme.name().equals(KeysSignatureCommand.BEST_GUESS)
                                ? " is our best guess"
                                : " is what you chose")
                .append("; with `diagnose: true` and `on_unverified: hold`, as\n")
                .append("below, nothing is lost while you find out. Take both out when webhooks arrive.\n");
        if (keys.size() > 1) {
            text.append(
                            "Both keys count. Start the bridge with this configuration first, then change PRIVATE KEY and KEY")
                    .append(" VERSION in\nCXone; the old key ends ")
                    .append(day(keys.getFirst().notAfter()))
                    .append(".\n");
        }
        return text.append("The ")
                .append(newest.key().algorithm() == KeyAlgorithm.HMAC ? "secret" : "key")
                .append(" ends ")
                .append(day(newest.notAfter()))
                .append(": make the next one before, with `cxotel keys signature --next`.\n")
                .append("The files are readable by you alone; give them to the account that runs the bridge.\n")
                .toString();
    }

    private String configuration() {
        return "cxotel: 1\nreceiver:\n  subscriptions:\n"
                + subscription("voice", "voice_quality", CxoneForm.VOICE)
                + subscription("scripts", "script_api", CxoneForm.SCRIPTS);
    }

    private String subscription(String name, String type, String path) {
        StringBuilder text = new StringBuilder();
        text.append("    - name: ").append(name).append('\n');
        text.append("      type: ").append(type).append('\n');
        text.append("      path: ").append(path).append('\n');
        url.ifPresent(base -> text.append("      signature_url: ")
                .append(CxoneForm.quoted(base + CxoneForm.VOICE))
                .append('\n'));
        text.append("      diagnose: true\n      on_unverified: hold\n      auth:\n        signature:\n");
        text.append("          scheme: ").append(scheme.name()).append('\n');
        if (scheme.carriesConsumerId()) {
            text.append("          consumer_id: ")
                    .append(CxoneForm.quoted(consumerId))
                    .append('\n');
        }
        text.append("          keys:\n");
        for (Lasting lasting : keys) {
            IssuedKey key = lasting.key();
            text.append("            - { version: \"").append(key.version()).append("\", ");
            text.append(
                    key.algorithm() == KeyAlgorithm.HMAC
                            ? "secret: \"${file:" + escaped(key.bridge()) + "}\""
                            : "public_key: \"" + escaped(key.bridge()).replace("$", "$$") + "\"");
            text.append(", not_after: ").append(day(lasting.notAfter())).append("T00:00:00Z }\n");
        }
        return text.toString();
    }

    private String base() {
        return url.orElse(SOMEWHERE);
    }

    private static String day(Instant moment) {
        return moment.truncatedTo(ChronoUnit.DAYS).toString().substring(0, "2026-01-01".length());
    }

    private static String escaped(Path file) {
        return file.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
