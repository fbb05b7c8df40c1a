package dev.cxotel.bridge.pipeline.work;

import dev.cxotel.bridge.journal.Commit;
import dev.cxotel.bridge.journal.Cursor;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.pipeline.patience.Patience;
import dev.cxotel.bridge.pipeline.patience.Trouble;

/** A cursor's steps, tried until the journal takes them: what was accepted is not sent again because of a full disk. */
public final class Committer {

    private final Cursor cursor;
    private final Patience patience;
    private final PipelineReports reports;

    /** @param reports told what was committed */
    public Committer(Cursor cursor, Patience patience, PipelineReports reports) {
        this.cursor = cursor;
        this.patience = patience;
        this.reports = reports;
    }

    /** Whether the step was taken; not when the pipeline is to stop. */
    public boolean commit(Commit commit) throws InterruptedException {
        while (true) {
            try {
                cursor.commit(commit);
                reports.committed(commit.outcomes());
                patience.recovered();
                return true;
            } catch (JournalException e) {
                if (!patience.await(Trouble.of(e))) {
                    return false;
                }
            }
        }
    }
}
