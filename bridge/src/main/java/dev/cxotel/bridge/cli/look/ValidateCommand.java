package dev.cxotel.bridge.cli.look;

import dev.cxotel.bridge.Bridge;
import dev.cxotel.bridge.auth.signature.key.KeyFiles;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.config.load.EffectiveConfig;
import dev.cxotel.bridge.config.load.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cxotel validate}: every problem of a configuration, or what it amounts to. */
@Command(
        name = "validate",
        description = "Says everything that is wrong with a configuration, as FILE:LINE:COLUMN: path: message.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
public final class ValidateCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The configuration, YAML or JSON.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(
            names = {"-p", "--print"},
            description = "Prints the effective configuration, secrets masked.")
    private boolean print;

    /** @param environment the process's variables */
    public ValidateCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Loaded loaded = new ConfigLoader(environment, KeyFiles::problem).load(file);
        for (String warning : loaded.warnings()) {
            err.println("warning: " + Printable.of(warning));
        }
        for (String warning : check(loaded)) {
            err.println("warning: " + Printable.of(warning));
        }
        err.flush();
        if (print) {
            out.print(EffectiveConfig.yaml(loaded.config()));
        } else {
            out.println(Printable.of(file.toString()) + " is good");
        }
        out.flush();
        return Exit.OK;
    }

    private static List<String> check(Loaded loaded) throws ConfigException {
        try {
            return Bridge.check(loaded.config());
        } catch (ConfigException e) {
            throw loaded.placed(e);
        }
    }
}
