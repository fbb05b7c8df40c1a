package dev.cxotel.bridge.cli.keys;

import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.issue.MtlsFiles;
import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel keys mtls}: certificates and keys of mutual TLS for both sides, and where each belongs. */
@Command(
        name = "mtls",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Makes the certificates and keys of mutual TLS, and says what belongs into which field of CXone's"
                + " form and into the configuration.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:made", "1:a file is there already, or cannot be written", "2:usage"})
@SuppressWarnings("InlineFormatString") // texts of a page each
final class KeysMtlsCommand implements Callable<Integer> {

    private static final int LONGEST_LIFE = 3650;

    private static final String NEXT = """
            %s is the successor of client-%d. Change over without a gap:

              1. Put the configuration below in force: it allows the old and the new certificate.
              2. Put the new certificate and key into CXone's form, as below.
              3. When cxotel.certificate.time_left{use=client} shows the new one, take the old pin away.
            """;

    private static final String NOTES = """
            %s is signed by an authority made just now, which CXone does not know. For CXone put a certificate of a
            public authority in its place (ECDSA P-256 is best: two of the four cipher suites that CXone publishes want it).
            Keep %s away from this machine; only --next needs it.
            Try it: ./cxotel send --ca %s --client-certificate %s --client-key %s --url %s
            """;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The folder; made when it is not there.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "A DNS name or address that CXone calls; may be repeated (default: localhost and 127.0.0.1).")
    private List<String> serverNames = List.of("localhost", "127.0.0.1");

    @Option(
            names = "--cn",
            defaultValue = "cxone",
            paramLabel = "NAME",
            description = "The common name of CXone's certificate (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String clientName;

    @Option(
            names = "--key",
            defaultValue = "rsa",
            paramLabel = "rsa|ec",
            description = "The kind of CXone's key: RSA 2048 or P-256 (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String clientKind;

    @Option(
            names = "--days",
            defaultValue = "365",
            paramLabel = "N",
            description = "How long the certificates are valid (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--next",
            description = "Makes CXone's next certificate beside the old one, by the authority in DIR.")
    private boolean next;

    @Override
    public Integer call() throws IOException {
        MtlsFiles.Order order = order();
        try {
            SecureRandom random = new SecureRandom();
            MtlsFiles made = next
                    ? MtlsFiles.next(folder, order, Instant.now(), random)
                    : MtlsFiles.create(folder, order, Instant.now(), random);
            print(made);
            return Exit.OK;
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    e.getMessage() + " is there already and is not written over; take another --out, or --next for the"
                            + " next client certificate",
                    e);
        } catch (PemException e) {
            throw new IOException(e.getMessage() + "; --next needs client-ca.pem and client-ca.key in --out", e);
        }
    }

    private MtlsFiles.Order order() {
        if (days < 1 || days > LONGEST_LIFE) {
            throw new ParameterException(spec.commandLine(), "--days is between 1 and " + LONGEST_LIFE);
        }
        if (clientName.isBlank()
                || serverNames.stream().anyMatch(name -> !name.matches("[A-Za-z0-9*][A-Za-z0-9.:-]*"))) {
            throw new ParameterException(
                    spec.commandLine(), "--cn wants a name, --server-name a DNS name or an address without port");
        }
        KeyKind kind =
                switch (clientKind.toLowerCase(Locale.ROOT)) {
                    case "rsa" -> KeyKind.RSA;
                    case "ec" -> KeyKind.EC;
                    default -> throw new ParameterException(spec.commandLine(), "--key is rsa or ec");
                };
        return new MtlsFiles.Order(serverNames, clientName, kind, Duration.ofDays(days));
    }

    private void print(MtlsFiles made) {
        PrintWriter out = spec.commandLine().getOut();
        String client = "client-" + made.client();
        String url = "https://" + host() + ":8443";
        out.print(made.client() > 1 ? NEXT.formatted(client, made.client() - 1) : CxoneForm.walk("mTLS"));
        out.println();
        out.print(CxoneForm.fields(url)
                .row("UPLOAD CERTIFICATE DATA", made.file(client + ".pem"))
                .row("ENTER KEY", made.file(client + ".key"))
                .toText(0));
        out.println();
        out.print(config(made));
        out.println();
        out.print(NOTES.formatted(
                made.file("server.pem"),
                made.file("client-ca.key"),
                made.file("server-ca.pem"),
                made.file(client + ".pem"),
                made.file(client + ".key"),
                url));
        out.flush();
    }

    private String host() {
        return serverNames.getFirst().contains(":") ? "[" + serverNames.getFirst() + "]" : serverNames.getFirst();
    }

    private static String config(MtlsFiles made) {
        String auth = "auth: { mtls: { client_ca: %s, pins: [%s] } }"
                .formatted(
                        CxoneForm.quoted(made.file("client-ca.pem").toString()),
                        made.pins().stream().map(CxoneForm::quoted).collect(Collectors.joining(", ")));
        return """
                # the matching configuration
                cxotel: 1
                receiver:
                  host: 0.0.0.0
                  port: 8443
                  tls: { certificate: %s, private_key: %s }
                  subscriptions:
                    - name: voice
                      type: voice_quality
                      path: /v1/voice-quality
                      %s
                    - name: scripts
                      type: script_api
                      path: /v1/script-api
                      %s
                """.formatted(
                        CxoneForm.quoted(made.file("server.pem").toString()),
                        CxoneForm.quoted(made.file("server.key").toString()),
                        auth,
                        auth);
    }
}
