package dev.cxotel.bridge.journal;

import java.util.List;

/**
 * What a look at everything in a journal found.
 *
 * @param problems what is wrong with the file, one sentence each; empty when it is sound
 * @param damagedBodies deliveries whose body does not match its hash
 * @param orphans events whose delivery is not there
 * @param lost acknowledged events that were missing when the journal was opened, ever since its beginning
 * @param ledgerDifference what the ledger's sides differ by
 */
public record JournalCheck(
        List<String> problems,
        long deliveries,
        long events,
        long damagedBodies,
        long orphans,
        long lost,
        long ledgerDifference) {

    public JournalCheck {
        problems = List.copyOf(problems);
    }

    public boolean isSound() {
        return problems.isEmpty() && damagedBodies == 0 && orphans == 0 && ledgerDifference == 0;
    }
}
