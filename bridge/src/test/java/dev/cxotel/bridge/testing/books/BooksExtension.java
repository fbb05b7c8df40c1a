package dev.cxotel.bridge.testing.books;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.cli.JournalBooks;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Closes the books after every test that configured a bridge with the test kit: what the backends stored, what the ledger
 * says and what the rows in the file say have to agree. It is on for all tests by JUnit's automatic detection; a test where
 * it cannot hold says {@link WithoutBooks}.
 */
public final class BooksExtension implements AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void afterEach(ExtensionContext context) {
        Witness.Account account = Witness.take();
        if (context.getExecutionException().isEmpty() && !isExcused(context)) {
            // A bridge that still runs may be in the middle of a step.
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).untilAsserted(() -> close(account));
        }
    }

    /** Fails unless the books of all bridges of the account agree. */
    static void close(Witness.Account account) throws Exception {
        for (Path file : account.configurations()) {
            close(file, account);
        }
    }

    private static boolean isExcused(ExtensionContext context) {
        return context.getElement()
                        .filter(each -> each.isAnnotationPresent(WithoutBooks.class))
                        .isPresent()
                || context.getRequiredTestClass().isAnnotationPresent(WithoutBooks.class);
    }

    private static void close(Path file, Witness.Account account) throws Exception {
        if (!Files.exists(file)) {
            return;
        }
        BridgeConfig config = new ConfigLoader(Map.of()).load(file).config();
        Path journal = config.journal().directory();
        if (!Files.exists(journal.resolve("journal.db"))) {
            return;
        }
        Ledger ledger = new JournalBooks(InstantSource.system()).read(config);
        List<String> wrong = new Books().withoutQuarantine().disagreements(ledger, journal);
        for (Ledger.PipelineLine line : ledger.pipelines()) {
            new StoredCount(account.backends(line.id().destination(), config), account.killed())
                    .disagreement(line)
                    .ifPresent(wrong::add);
        }
        assertThat(wrong).as("the books of %s", file).isEmpty();
    }
}
