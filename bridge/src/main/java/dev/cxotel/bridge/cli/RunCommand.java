package dev.cxotel.bridge.cli;

import dev.cxotel.bridge.cli.terminal.ConfigOption;
import dev.cxotel.bridge.cli.terminal.Exit;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.load.Loaded;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cxotel run}: the bridge, until it is asked to stop. */
@Command(
        name = "run",
        description = "Runs the bridge until it is asked to stop (SIGTERM, Ctrl-C).",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class)
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final Seams seams;

    @Mixin
    private ConfigOption config = new ConfigOption();

    RunCommand(Seams seams) {
        this.seams = seams;
    }

    @Override
    public Integer call() throws Exception {
        Loaded loaded = config.load(seams.environment());
        seams.logging().accept(loaded.config().logging());
        loaded.warnings().forEach(LOG::warn);
        CountDownLatch stopped = new CountDownLatch(1);
        AutoCloseable bridge = start(loaded);
        seams.onStop().accept(() -> {
            LOG.info("Stopping: requests in flight finish, pipelines flush");
            bridge.close();
            stopped.countDown();
        });
        stopped.await();
        return Exit.OK;
    }

    private AutoCloseable start(Loaded loaded) throws Exception {
        try {
            return seams.bridge().start(loaded.config());
        } catch (ConfigException e) {
            throw loaded.placed(e);
        }
    }
}
