package dev.cxotel.bridge.cli.look;

import dev.cxotel.bridge.Version;
import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.OutputOption;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.load.Loaded;
import dev.cxotel.bridge.config.load.PresetKeys;
import dev.cxotel.bridge.doctor.Doctor;
import dev.cxotel.bridge.doctor.Examination;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel doctor}: does each destination take what the bridge sends, and if not, what to do. */
@Command(
        name = "doctor",
        description = {
            "Sends one marked test span, metric and log record to each destination and says what was answered",
            "and what to do. Exit code 0 only when everything was accepted."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
public final class DoctorCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--destination", paramLabel = "NAME", description = "Only this destination.")
    private @Nullable String only;

    @Mixin
    private final OutputOption output = new OutputOption();

    /** @param environment the process's variables */
    public DoctorCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Loaded loaded = config.load(environment);
        loaded.warnings().forEach(warning -> err.println("warning: " + Printable.of(warning)));
        err.flush();
        Doctor doctor =
                new Doctor("cxotel/" + Version.current(), InstantSource.system(), new SecureRandom(), PresetKeys::of);
        List<Examination> examinations = new ArrayList<>();
        for (DestinationConfig destination : chosen(loaded.config().destinations())) {
            examinations.addAll(doctor.examine(destination));
        }
        DoctorReport report = new DoctorReport(examinations);
        out.print(output.isJson() ? report.json() : report.text());
        out.flush();
        return report.isGood() && !examinations.isEmpty() ? Exit.OK : Exit.FAILED;
    }

    private List<DestinationConfig> chosen(List<DestinationConfig> all) {
        String name = only;
        if (name == null) {
            return all;
        }
        List<DestinationConfig> chosen =
                all.stream().filter(one -> one.name().equals(name)).toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no destination \"" + name + "\"; there are "
                            + all.stream().map(DestinationConfig::name).toList());
        }
        return chosen;
    }
}
