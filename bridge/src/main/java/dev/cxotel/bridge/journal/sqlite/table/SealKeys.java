package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.seal.Seal;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;

/** The keys that a journal's rows need, remembered by their ids in {@code meta}. */
public final class SealKeys {

    private static final String NAME = "sealed_by:";

    private SealKeys() {}

    /**
     * Remembers the key that seals from now on and forgets those that no row needs any more.
     *
     * @throws JournalException when rows need a key that is not there
     */
    public static void check(Database database, Seal seal) throws SQLException, JournalException {
        for (String id : database.list(
                "select substr(name, " + (NAME.length() + 1) + ") from meta where name like '" + NAME + "%'",
                row -> row.getString(1))) {
            if (seal.keyIds().contains(id)) {
                continue;
            }
            if (database.number("select exists (select 1 from delivery where key_id = ?)", id) != 0) {
                throw missing(id);
            }
            database.update("delete from meta where name = ?", NAME + id);
        }
        if (seal.keyId().isPresent()) {
            database.update(
                    "insert or ignore into meta(name, value) values (?, '')",
                    NAME + seal.keyId().get());
        }
    }

    /** What a key that is not there comes to; the message goes behind the file's name. */
    public static JournalException missing(String id) {
        return new JournalException("holds bodies that are encrypted with the key " + id
                + ", and journal.encryption has no such key: put it at the end of journal.encryption.keys, or set another"
                + " journal.directory to begin anew");
    }
}
