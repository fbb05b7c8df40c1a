package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cxotel.bridge.testing.PreloadLibrary;
import dev.cxotel.bridge.testing.books.WithoutBooks;
import dev.cxotel.bridge.testing.torture.Plan;
import dev.cxotel.bridge.testing.torture.Report;
import dev.cxotel.bridge.testing.torture.Torture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The short run of the proof kit, and the proof that it can fail. The long run is {@code examples/torture/run}; what each
 * broken guard does is shown in {@link PowerCutIT}, in the kit with {@code -Dtorture.mutants=all} for all of them.
 */
class TortureIT {

    @TempDir
    Path directory;

    @Test
    void torture_eachDisturbanceOnce_losesNothingAndTheBooksClose() throws Exception {
        assertThat(run(Plan.shortRun(System.nanoTime() % 1_000_000_000)).failures())
                .isEmpty();
    }

    @WithoutBooks("a guard of the journal is broken on purpose")
    @ParameterizedTest
    @MethodSource("mutants")
    void torture_brokenGuard_isFoundOut(String mutant) throws Exception {
        assumeTrue(PreloadLibrary.compile("powercut", directory).isPresent(), "no C compiler");
        assertThat(run(Plan.ofMutant(mutant, 1)).failures())
                .anyMatch(failure -> failure.contains(" lost ")
                        || failure.contains("the ledger says of the contacts")
                        || failure.contains("without a cause"));
    }

    static String[] mutants() {
        return System.getProperty("torture.mutants", "").equals("all")
                ? new String[] {
                    "SYNCHRONOUS_OFF",
                    "SYNCHRONOUS_NORMAL",
                    "ANSWER_BEFORE_COMMIT",
                    "CURSOR_BEFORE_ACCEPTANCE",
                    "CONTACTS_APART",
                    "IDENTITY_DROPPED"
                }
                : new String[] {"SYNCHRONOUS_OFF"};
    }

    private Report run(Plan plan) throws Exception {
        try (Torture torture = new Torture(plan, directory, line -> System.out.println(line))) {
            Report report = torture.run();
            System.out.println(report.text());
            return report;
        }
    }
}
