package dev.cxotel.bridge.cli.terminal;

import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** The progress bar of a command: on standard error, so that results stay clean. */
public final class Progress {

    private static final int WIDTH = 100;
    private static final Duration IN_TERMINAL = Duration.ofMillis(100);
    private static final Duration IN_LOG = Duration.ofSeconds(1);

    private Progress() {}

    /**
     * A bar with its speed, of block characters in a terminal, of ASCII and more rarely drawn elsewhere. To be closed.
     *
     * @param total how many steps it takes
     */
    public static ProgressBar bar(String task, long total) {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(terminal ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(Math.toIntExact((terminal ? IN_TERMINAL : IN_LOG).toMillis()))
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .showSpeed()
                .build();
    }
}
