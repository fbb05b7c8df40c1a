package dev.cxotel.bridge.cli.keys;

import dev.cxotel.bridge.cli.terminal.VersionCommand;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cxotel keys}: the parent of the commands that make what CXone's form and the bridge's configuration ask for. */
@Command(
        name = "keys",
        description = "Makes keys and certificates, and says what to paste into which field of CXone's form.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private KeysCommand() {}

    /** The command with all that it can make. */
    public static CommandLine create() {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new KeysSignatureCommand(InstantSource.system()))
                .addSubcommand(new KeysMtlsCommand());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "what to make is missing: signature or mtls");
    }
}
