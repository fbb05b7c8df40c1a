package dev.cxotel.bridge.signal;

import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Payload;
import dev.cxotel.bridge.event.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** The collecting side of decoding one body: gives each event and each unreadable part its index. */
public final class BodyDecoding {

    private final Hash bodyHash;
    private final List<Event> events = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    public BodyDecoding(Hash bodyHash) {
        this.bodyHash = bodyHash;
    }

    /** SHA-256 of the whole body. */
    public Hash bodyHash() {
        return bodyHash;
    }

    /** The index that the next event or unreadable part gets. */
    public int nextIndex() {
        return events.size() + unreadable.size();
    }

    public void event(EventType type, Identity identity, Payload payload) {
        events.add(new Event(type, nextIndex(), identity, payload));
    }

    public void unreadable(String reason, String detail) {
        unreadable.add(new Unreadable(nextIndex(), reason, detail));
    }

    public void finding(Finding finding) {
        findings.add(finding);
    }

    public Decoding.Decoded toDecoded() {
        return new Decoding.Decoded(events, unreadable, findings);
    }
}
