package dev.cxotel.bridge.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --json}, and the output of the command that has it. */
final class OutputOption {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    boolean isJson() {
        return json;
    }

    /** Prints the text without the blanks and lines at its end. */
    void print(String text) {
        print(command, text);
    }

    static void print(CommandSpec command, String text) {
        PrintWriter out = command.commandLine().getOut();
        out.println(text.stripTrailing());
        out.flush();
    }
}
