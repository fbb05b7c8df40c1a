package dev.cxotel.bridge.replay;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Quarantine;
import dev.cxotel.bridge.signal.Decoder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replay of an entry of quarantine: what was unreadable or refused is decoded again, what a destination refused is
 * offered to it again, what was held is verified again. What succeeds leaves quarantine in the transaction that brings it
 * back; what does not stays as it is.
 */
public final class QuarantineReplay {

    private static final Logger LOG = LoggerFactory.getLogger(QuarantineReplay.class);

    private final Journal journal;
    private final Decoder decoder;
    private final Reverification reverification;

    public QuarantineReplay(Journal journal, Decoder decoder, Reverification reverification) {
        this.journal = journal;
        this.decoder = decoder;
        this.reverification = reverification;
    }

    public Replayed replay(long id) throws JournalException {
        Optional<Quarantine.Content> found = journal.quarantine().show(id);
        if (found.isEmpty()) {
            return gone(id, Optional.empty());
        }
        Quarantine.Content content = found.get();
        return switch (content.entry().kind()) {
            case UNDELIVERED -> offer(content.entry());
            case UNREADABLE, REFUSED -> decode(content);
            case HELD -> verify(content);
        };
    }

    private Replayed offer(Quarantine.Entry entry) throws JournalException {
        return switch (journal.operations().offerAgain(entry.id())) {
            case OFFERED -> end(entry, "offered", true, 1, "It waits for its destination again.");
            case GONE -> gone(entry.id(), Optional.of(entry.kind()));
            case NO_PIPELINE ->
                end(
                        entry,
                        "no_pipeline",
                        false,
                        0,
                        "Its destination or signal is not configured any more; configure it, or drop the entry.");
        };
    }

    private Replayed verify(Quarantine.Content content) throws JournalException {
        return switch (reverification.verify(content.request().orElse(Bytes.EMPTY), content.delivery())) {
            case AuthResult.Authenticated known -> {
                LOG.info("Quarantine entry {} was sent by {}", content.entry().id(), known.principal());
                yield decode(content);
            }
            case AuthResult.Unauthorized no -> unverified(content.entry(), no.reason());
            case AuthResult.Forbidden no -> unverified(content.entry(), no.reason());
        };
    }

    private static Replayed unverified(Quarantine.Entry entry, String reason) {
        return end(
                entry,
                "unverified",
                false,
                0,
                "Its sender is not verified as of " + entry.at() + " (" + reason
                        + "); correct the subscription's auth and try again.");
    }

    private Replayed decode(Quarantine.Content content) throws JournalException {
        Quarantine.Entry entry = content.entry();
        Decoding decoding;
        try {
            decoding = decoder.decode(content.body());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("A bug in the decoder; quarantine entry {} stays: {}", entry.id(), e.getClass());
            return end(
                    entry,
                    "failed",
                    false,
                    0,
                    "The decoder failed: " + e.getClass().getSimpleName() + ".");
        }
        return switch (decoding) {
            case Decoding.NotJson ignored ->
                end(entry, "not_json", false, 0, "Its body still is not JSON, even after repair.");
            case Decoding.Decoded decoded -> {
                Optional<AppendResult.Appended> appended =
                        journal.operations().readmit(entry.id(), decoded.events(), decoded.unreadable());
                yield appended.map(result -> readmitted(entry, decoded.unreadable(), result))
                        .orElseGet(() -> gone(entry.id(), Optional.of(entry.kind())));
            }
        };
    }

    private static Replayed readmitted(
            Quarantine.Entry entry, List<Unreadable> unreadable, AppendResult.Appended result) {
        boolean stays = entry.kind() == Quarantine.Kind.UNREADABLE && result.unreadable() > 0;
        if (stays) {
            String reasons = unreadable.stream()
                    .filter(part -> part.index() == entry.index())
                    .map(Unreadable::reason)
                    .distinct()
                    .collect(Collectors.joining(", "));
            return end(entry, "unreadable", false, 0, "This version cannot read it either (" + reasons + ").");
        }
        return result.appended() == 0
                ? end(entry, "known", true, 0, "Nothing of it is new.")
                : end(entry, "appended", true, result.appended(), "It goes to every destination now.");
    }

    private static Replayed gone(long id, Optional<Quarantine.Kind> kind) {
        return new Replayed(id, kind, "gone", true, 0, "It is not in quarantine.");
    }

    private static Replayed end(Quarantine.Entry entry, String result, boolean left, int appended, String detail) {
        return new Replayed(entry.id(), Optional.of(entry.kind()), result, left, appended, detail);
    }
}
