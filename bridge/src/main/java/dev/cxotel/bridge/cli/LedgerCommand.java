package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.OutputOption;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.journal.Ledger;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cxotel ledger}: the books of the journal, both sides and their difference, which is exit code 1. */
@Command(
        name = "ledger",
        description = "Prints what came in and how it ended, both sides counted apart; a difference is exit code 1.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class LedgerCommand implements Callable<Integer> {

    private final Seams seams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    LedgerCommand(Seams seams) {
        this.seams = seams;
    }

    @Override
    public Integer call() throws Exception {
        Ledger ledger = seams.ledger().read(config.load(seams.environment()).config());
        PrintWriter out = spec.commandLine().getOut();
        LedgerReport report = new LedgerReport(ledger);
        out.print(output.isJson() ? report.json() : report.table());
        out.flush();
        return ledger.difference() == 0 ? Exit.OK : Exit.FAILED;
    }
}
