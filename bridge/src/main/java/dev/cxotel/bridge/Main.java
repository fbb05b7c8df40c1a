package dev.cxotel.bridge;

import dev.cxotel.bridge.cli.Cxotel;
import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.cli.LogOutput;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.otlp.Destination;
import java.io.PrintWriter;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entry point. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        LogOutput.quiet();
        Destination.allowProxyPasswords();
        Seams seams = new Seams(
                System.getenv(),
                Bridge::start,
                new JournalBooks(InstantSource.system()),
                new Operator(InstantSource.system()),
                LogOutput::configure,
                Main::atShutdown);
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(Cxotel.execute(seams, out, err, arguments));
    }

    /** A stop that was asked for and went well is a success: without the halt the exit code would be the signal's. */
    private static void atShutdown(Seams.Stop stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                stop.stop();
                                Runtime.getRuntime().halt(0);
                            } catch (Exception e) {
                                Logger log = LoggerFactory.getLogger(Main.class);
                                log.error("The stop failed", e);
                                Runtime.getRuntime().halt(1);
                            }
                        },
                        "stop"));
    }
}
