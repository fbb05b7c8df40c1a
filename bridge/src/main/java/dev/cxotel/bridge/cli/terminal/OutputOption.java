package dev.cxotel.bridge.cli.terminal;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --json}, and the output of the command that has it. */
public final class OutputOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    public boolean isJson() {
        return json;
    }

    /** Prints the text without the blanks and lines at its end. */
    public void print(String text) {
        print(command, text);
    }

    /** The same, for a command without the option. */
    public static void print(CommandSpec command, String text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(text.stripTrailing());
        out.flush();
    }
}
