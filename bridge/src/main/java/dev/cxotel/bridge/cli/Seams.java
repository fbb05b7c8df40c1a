package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.LoggingConfig;
import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.journal.Ledger;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the commands reach outside themselves.
 *
 * @param environment the process's variables
 * @param bridge starts the bridge
 * @param ledger reads the books of the configuration's journal
 * @param calls carries out the calls of an operator
 * @param logging sets the log up
 * @param onStop takes what is to be done when the process is asked to stop
 */
public record Seams(
        Map<String, String> environment,
        Starter bridge,
        Books ledger,
        Calls calls,
        Consumer<LoggingConfig> logging,
        Consumer<Stop> onStop) {

    public Seams {
        environment = Map.copyOf(environment);
    }

    /** Seams without an operator's calls. */
    public Seams(
            Map<String, String> environment,
            Starter bridge,
            Books ledger,
            Consumer<LoggingConfig> logging,
            Consumer<Stop> onStop) {
        this(
                environment,
                bridge,
                ledger,
                (config, method, call) -> new AdminAnswer.NoBridge("not asked"),
                logging,
                onStop);
    }

    /** Starts the bridge and returns when it receives; closing it finishes what is in flight and flushes. */
    @FunctionalInterface
    public interface Starter {
        AutoCloseable start(BridgeConfig config) throws Exception;
    }

    /** What is to be done when the process is asked to stop. */
    @FunctionalInterface
    public interface Stop {
        void stop() throws Exception;
    }

    /** Reads the ledger, from the running bridge or from the journal itself. */
    @FunctionalInterface
    public interface Books {
        Ledger read(BridgeConfig config) throws Exception;
    }

    /** Makes a call of the admin API, to the running bridge or on the journal itself. */
    @FunctionalInterface
    public interface Calls {
        /**
         * Makes the call.
         *
         * @param call a path below {@code /api/v1/} with its query
         */
        AdminAnswer call(BridgeConfig config, String method, String call) throws Exception;
    }
}
