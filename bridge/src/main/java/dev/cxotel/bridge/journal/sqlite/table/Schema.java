package dev.cxotel.bridge.journal.sqlite.table;

import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.database.Database;
import java.sql.SQLException;
import java.util.List;

/**
 * The journal's format. A change of it is a further migration at the end of the list, never an edit, and a fixture file
 * of the old version; the number of migrations applied is the file's {@code user_version}.
 *
 * <pre>
 * delivery  1 --- n  event        a body once, and the events that point into it
 *    |                 ^
 *    +--- n quarantine-+          an unreadable part (no seq), or an event one pipeline could not deliver
 * identity                        what was seen within the deduplication window
 * subscription, refusal           the ledger's door side
 * offer, pipeline, pipeline_outcome, expired_range    the ledger's pipeline side, and the cursors
 * contact, replay_job, audit      open contacts; replays; who changed what
 * </pre>
 *
 * Times are nanoseconds since 1970-01-01T00:00:00Z. Event types are the numbers of {@code EventType}. {@code AUTOINCREMENT}
 * keeps a position from being used twice after its row is gone.
 */
public final class Schema {

    /** Marks the file as a journal of this program: "cxot". */
    private static final int APPLICATION_ID = 0x63786f74;

    /** {@code delivery.kind} of what a sender brought. */
    public static final int WEBHOOK = 1;

    /** {@code delivery.kind} of what a pipeline made. */
    public static final int DERIVED = 2;

    /** {@code delivery.kind} of what could not be verified and is held. */
    public static final int HELD = 3;

    /** {@code delivery.kind} of what was refused. */
    public static final int REFUSED = 4;

    private static final String VERSION_1 = """
            create table meta(name text primary key, value text not null) without rowid;
            create table delivery(
              id integer primary key autoincrement,
              kind integer not null,
              subscription text not null,
              received_at integer not null,
              body_hash blob not null,
              key_id text,
              headers blob,
              body blob not null);
            create index delivery_refused on delivery(kind, id) where kind >= 3;
            create table event(
              seq integer primary key autoincrement,
              delivery_id integer not null,
              idx integer not null,
              type integer not null,
              revision integer not null,
              content blob not null,
              addressee text);
            create index event_delivery on event(delivery_id);
            create table identity(
              key blob not null,
              content blob not null,
              revision integer not null,
              expires_at integer not null,
              primary key(key, content)) without rowid;
            create index identity_expiry on identity(expires_at);
            create table subscription(
              name text primary key,
              deliveries integer not null default 0,
              accepted integer not null default 0,
              empty integer not null default 0,
              decoded integer not null default 0,
              appended integer not null default 0,
              duplicate integer not null default 0,
              unreadable integer not null default 0,
              revised integer not null default 0,
              similar integer not null default 0) without rowid;
            create table refusal(
              subscription text not null,
              reason text not null,
              count integer not null,
              primary key(subscription, reason)) without rowid;
            create table offer(addressee text primary key, total integer not null) without rowid;
            create table pipeline(
              id integer primary key autoincrement,
              destination text not null,
              signal text not null,
              born_at integer not null,
              born_seq integer not null,
              born_total integer not null,
              replayed integer not null default 0,
              position integer not null,
              committed integer not null,
              pending_to integer,
              pending_start integer,
              pending_end integer,
              last_to integer,
              last_start integer,
              last_end integer,
              unique(destination, signal));
            create table pipeline_outcome(
              pipeline_id integer not null,
              outcome text not null,
              reason text not null,
              count integer not null,
              primary key(pipeline_id, outcome, reason)) without rowid;
            create table expired_range(
              pipeline_id integer not null,
              upto integer not null,
              reason text not null,
              primary key(pipeline_id, upto)) without rowid;
            create table quarantine(
              id integer primary key autoincrement,
              at integer not null,
              delivery_id integer not null,
              seq integer,
              idx integer not null,
              destination text,
              signal text,
              reason text not null,
              detail text not null,
              bytes integer not null);
            create index quarantine_delivery on quarantine(delivery_id);
            create index quarantine_event on quarantine(seq) where seq is not null;
            create table contact(
              key text primary key,
              first_at integer not null,
              last_at integer not null,
              first_received_at integer not null,
              last_received_at integer not null,
              last_seq integer not null,
              legs integer not null,
              calls integer not null,
              errors integer not null,
              verdict integer not null,
              subscription text not null,
              closed_at integer,
              state text) without rowid;
            create index contact_open on contact(last_received_at) where closed_at is null;
            create index contact_closed on contact(closed_at) where closed_at is not null;
            create table replay(
              id integer primary key autoincrement,
              pipeline_id integer not null,
              seq integer not null);
            create index replay_pipeline on replay(pipeline_id, id);
            create index replay_event on replay(seq);
            create table audit(
              id integer primary key autoincrement,
              at integer not null,
              who text not null,
              action text not null,
              detail text not null,
              count integer not null);
            create table counter(name text primary key, count integer not null) without rowid;
            insert into offer(addressee, total) values ('', 0);
            insert into counter(name, count) values ('identities', 0), ('quarantine_dropped', 0);
            """;

    /** What is offered again: an event row of its own, addressed to one pipeline; and the replays that make such rows. */
    private static final String OFFERED_AGAIN = """
            alter table event add column offered_at integer;
            create table replay_job(
              id integer primary key autoincrement,
              pipeline_id integer not null,
              at integer not null,
              who text not null,
              from_at integer not null,
              to_at integer not null,
              next_seq integer not null,
              upto_seq integer not null,
              fed_seq integer not null,
              total integer not null,
              offered integer not null default 0);
            drop table replay;
            insert or ignore into counter(name, count) values ('lost', 0);
            """;

    /** When a contact closes unless something more is heard of it, so that what is due is found without looking at all. */
    private static final String CONTACT_DUE = """
            alter table contact add column due_at integer not null default 0;
            drop index contact_open;
            create index contact_due on contact(due_at) where closed_at is null;
            """;

    /** With a window that is pending, what was to make its points. */
    private static final String PENDING_TRANSLATION = "alter table pipeline add column pending_translation text;";

    private static final List<String> MIGRATIONS = List.of(VERSION_1, OFFERED_AGAIN, PENDING_TRANSLATION, CONTACT_DUE);

    private Schema() {}

    /** The present version of the format. */
    public static int version() {
        return MIGRATIONS.size();
    }

    /** Brings the file to the present version. */
    public static void migrate(Database database) throws SQLException, JournalException {
        refuseForeign(database);
        long version = database.number("pragma user_version");
        for (int next = (int) version; next < MIGRATIONS.size(); next++) {
            database.beginWrite();
            for (String statement : MIGRATIONS.get(next).split(";\\s*", 0)) {
                if (!statement.isBlank()) {
                    database.execute(statement);
                }
            }
            database.execute("pragma application_id=" + APPLICATION_ID);
            database.execute("pragma user_version=" + (next + 1));
            database.commit();
        }
    }

    /** Refuses a file that is no journal, or one of a later version; the message goes behind the file's name. */
    public static void refuseForeign(Database database) throws SQLException, JournalException {
        long applicationId = database.number("pragma application_id");
        long version = database.number("pragma user_version");
        long tables = database.number("select count(*) from sqlite_master");
        if (tables > 0 && applicationId != APPLICATION_ID) {
            throw new JournalException("is a SQLite file but no journal of cxotel; it was left as it is");
        }
        if (version > MIGRATIONS.size()) {
            throw new JournalException("was written by a newer cxotel (format " + version + "; this one knows up to "
                    + MIGRATIONS.size() + "); run that version, or set another journal.directory");
        }
    }
}
