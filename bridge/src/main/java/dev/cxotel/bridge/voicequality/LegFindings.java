package dev.cxotel.bridge.voicequality;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Finding.Kind;
import dev.cxotel.bridge.mapping.ContactKey;
import dev.cxotel.bridge.mapping.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What looks wrong about a leg: sentinels, implausible figures, times that are not believed. */
final class LegFindings {

    private final Leg leg;
    private final String dataSource;
    private final List<Finding> findings = new ArrayList<>();

    private LegFindings(Leg leg, String dataSource) {
        this.leg = leg;
        this.dataSource = dataSource;
    }

    /**
     * @param dataSource as it may leave the bridge; empty when it may not
     * @param cut the attributes whose value had to be cut
     */
    static List<Finding> of(Leg leg, String dataSource, Instant receivedAt, List<String> cut) {
        LegFindings collected = new LegFindings(leg, dataSource);
        collected.measures();
        collected.contact();
        collected.times(receivedAt);
        cut.forEach(name -> collected.add(Kind.TRUNCATED, name));
        return List.copyOf(collected.findings);
    }

    private void measures() {
        leg.measures().missing().forEach(quantity -> add(Kind.MISSING, quantity.field()));
        leg.measures().suspect().forEach(quantity -> add(Kind.SUSPECT, quantity.field()));
        leg.sip().missing().forEach(field -> add(Kind.MISSING, field));
        leg.sip().suspect().forEach(field -> add(Kind.SUSPECT, field));
    }

    private void contact() {
        VoiceQualityRecord.Contact contact = leg.fields().contact();
        if (contact.id() != null && !ContactKey.usable(contact.id())) {
            add(Kind.MISSING, "ContactId");
        }
        if (contact.masterId() != null && !ContactKey.usable(contact.masterId())) {
            add(Kind.MISSING, "MasterContactId");
        }
    }

    private void times(Instant receivedAt) {
        Instant start = leg.fields().call().start();
        Instant end = leg.fields().call().end();
        time(RecordDecoder.START, start, receivedAt);
        time(RecordDecoder.END, end, receivedAt);
        if (start != null && end != null && start.isAfter(end)) {
            add(Kind.SUSPECT, RecordDecoder.END);
        }
    }

    private void time(String field, @Nullable Instant time, Instant receivedAt) {
        if (time == null || !Times.usable(time, receivedAt)) {
            add(Kind.TIME_RECEIVED, field);
        }
    }

    private void add(Kind kind, String field) {
        findings.add(new Finding(kind, Optional.of(EventType.VOICE_QUALITY), field, dataSource));
    }
}
