package dev.cxotel.bridge.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Activity.Kind;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a contact opens, grows and closes. */
class ContactFoldTest {

    private static final Instant T0 = Instant.parse("2026-11-22T10:00:00Z");
    private static final ContactRules USUAL =
            new ContactRules(Duration.ofMinutes(30), Duration.ofHours(4), Optional.empty());
    private static final String KEY = "1337|86753099";

    private final Map<String, Contact> known = new HashMap<>();
    private long seq;

    @Test
    void add_legsAndCalls_areCountedWithTheWorstVerdict() {
        fold(USUAL, 0, leg(-300, -10, false, Quality.GOOD));
        fold(USUAL, 5, call(-290, -289, true));
        fold(USUAL, 9, leg(-200, -5, true, Quality.POOR));
        fold(USUAL, 9, leg(-200, -5, false, Quality.UNKNOWN));

        Contact contact = contact();
        assertThat(contact.legs()).isEqualTo(3);
        assertThat(contact.calls()).isEqualTo(1);
        assertThat(contact.errors()).isEqualTo(2);
        assertThat(contact.quality()).isEqualTo(Quality.POOR);
        assertThat(contact.firstEpochNanos()).isEqualTo(nanos(-300));
        assertThat(contact.lastEpochNanos()).isEqualTo(nanos(-5));
        assertThat(contact.businessUnit()).isEqualTo("1337");
        assertThat(contact.contact()).isEqualTo("86753099");
        assertThat(contact.dueAt()).isEqualTo(T0.plusSeconds(9).plus(USUAL.idleTimeout()));
        assertThat(contact.subscriptions()).containsExactly("voice");
    }

    @Test
    void add_afterTheContactWasDue_findsItClosedThoughNobodyHadNoticed() {
        fold(USUAL, 0, call(0, 1, false));
        ContactFold late = fold(USUAL, 1801, call(1800, 1801, true));

        assertThat(late.closed()).singleElement().satisfies(contact -> {
            assertThat(contact.calls()).isEqualTo(1);
            assertThat(contact.errors()).isZero();
            assertThat(contact.closedAt()).contains(T0.plusSeconds(1800));
        });
        assertThat(late.late()).isEqualTo(Map.of(Kind.CALL, 1L));
    }

    @Test
    void add_toAClosedContact_isCountedAndChangesNothing() {
        fold(USUAL, 0, call(0, 1, false));
        ContactFold closing = new ContactFold(USUAL, Map.of());
        closing.close(contact());
        closing.changed().forEach(contact -> known.put(contact.key(), contact));
        ContactFold late = fold(USUAL, 10, leg(0, 9, false, Quality.POOR));

        assertThat(late.changed()).isEmpty();
        assertThat(late.closed()).isEmpty();
        assertThat(late.late()).isEqualTo(Map.of(Kind.LEG, 1L));
    }

    @Test
    void add_exactlyWhenDue_stillCounts() {
        fold(USUAL, 0, call(0, 1, false));
        fold(USUAL, 1800, call(1800, 1800, false));

        assertThat(contact().calls()).isEqualTo(2);
    }

    @Test
    void add_activityWithoutEnd_closesAfterTheLongestDuration() {
        for (int minute = 0; minute <= 240; minute += 20) {
            fold(USUAL, minute * 60, call(minute * 60, minute * 60, false));
        }
        ContactFold after = fold(USUAL, 241 * 60, call(0, 0, false));

        assertThat(after.closed()).singleElement().satisfies(contact -> {
            assertThat(contact.calls()).isEqualTo(13);
            assertThat(contact.closedAt()).contains(T0.plus(USUAL.maxDuration()));
        });
    }

    @Test
    void due_withAnAgeLimit_isCountedFromTheContactsOwnBeginning() {
        ContactRules young = new ContactRules(
                USUAL.idleTimeout(),
                USUAL.maxDuration(),
                Optional.of(ContactRules.youngerThan(Duration.ofMinutes(60))));
        fold(young, 0, call(-600, -600, false));
        fold(young, 1500, call(1499, 1500, false));

        assertThat(contact().dueAt()).isEqualTo(T0.plusSeconds(-600 + 45 * 60));
    }

    @Test
    void due_contactThatWasTooOldAlready_isNotHurried() {
        ContactRules young =
                new ContactRules(USUAL.idleTimeout(), USUAL.maxDuration(), Optional.of(Duration.ofMinutes(45)));
        fold(young, 0, leg(-7200, -3600, false, Quality.FAIR));

        assertThat(contact().dueAt()).isEqualTo(T0.plus(USUAL.idleTimeout()));
    }

    @Test
    void youngerThan_limit_leavesAQuarterOfAnHour() {
        assertThat(ContactRules.youngerThan(Duration.ofMinutes(60))).hasMinutes(45);
        assertThat(ContactRules.youngerThan(Duration.ofMinutes(10))).hasMinutes(5);
    }

    @Test
    void rootIdentity_isTheContacts_whateverItHolds() {
        fold(USUAL, 0, call(0, 1, false));
        Contact before = contact();
        fold(USUAL, 1, call(0, 1, true));

        assertThat(contact().rootIdentity()).isEqualTo(before.rootIdentity());
    }

    private Contact contact() {
        return Objects.requireNonNull(known.get(KEY));
    }

    /** One page of one event. */
    private ContactFold fold(ContactRules rules, int receivedSecond, Activity activity) {
        ContactFold fold = new ContactFold(rules, known);
        fold.add(
                activity.contact().orElseThrow(),
                activity,
                new Arrival("voice", T0.plusSeconds(receivedSecond), Hash.of("body"), 0),
                ++seq);
        fold.changed().forEach(contact -> known.put(contact.key(), contact));
        return fold;
    }

    private static Activity leg(int start, int end, boolean failed, Quality quality) {
        return activity(Kind.LEG, start, end, failed, quality);
    }

    private static Activity call(int start, int end, boolean failed) {
        return activity(Kind.CALL, start, end, failed, Quality.UNKNOWN);
    }

    private static Activity activity(Kind kind, int start, int end, boolean failed, Quality quality) {
        return new Activity(
                kind,
                "1337",
                Optional.of("86753099"),
                Optional.empty(),
                Optional.empty(),
                nanos(start),
                nanos(end),
                failed,
                quality);
    }

    private static long nanos(int second) {
        return T0.plusSeconds(second).getEpochSecond() * 1_000_000_000L;
    }
}
