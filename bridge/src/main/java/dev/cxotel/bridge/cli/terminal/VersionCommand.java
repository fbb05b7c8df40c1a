package dev.cxotel.bridge.cli.terminal;

import dev.cxotel.bridge.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cxotel version}. */
@Command(
        name = "version",
        description = "Prints the version of cxotel and of the Java that runs it.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
public final class VersionCommand implements Callable<Integer>, IVersionProvider {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public String[] getVersion() {
        return new String[] {"cxotel " + Version.current() + " (Java " + Runtime.version() + ")"};
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(getVersion()[0]);
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }
}
