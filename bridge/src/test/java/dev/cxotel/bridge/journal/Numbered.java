package dev.cxotel.bridge.journal;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Payload;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Events that are numbers: what was stored can be told from what comes out. */
public record Numbered(long number) implements Payload {

    public static final String SUBSCRIPTION = "voice";

    public static Event event(int index, long number) {
        return event(index, "key " + number, "content " + number, Identity.OnChange.SIMILAR, number);
    }

    public static Event event(int index, String key, String content, Identity.OnChange onChange) {
        return event(index, key, content, onChange, 0);
    }

    private static Event event(int index, String key, String content, Identity.OnChange onChange, long number) {
        Identity identity = new Identity(Hash.of(key), Hash.of(content), onChange);
        return new Event(EventType.VOICE_QUALITY, index, identity, new Numbered(number));
    }

    /** A delivery whose body names its numbers. */
    public static Delivery delivery(Instant at, long... numbers) {
        return new Delivery(SUBSCRIPTION, at, Bytes.utf8(text(numbers)));
    }

    public static List<Event> events(long... numbers) {
        return IntStream.range(0, numbers.length)
                .mapToObj(index -> event(index, numbers[index]))
                .toList();
    }

    private static String text(long... numbers) {
        return java.util.Arrays.stream(numbers)
                .mapToObj(Long::toString)
                .collect(java.util.stream.Collectors.joining(","));
    }

    /** The number of a stored event: the part of its body that its index points to. */
    public static long number(StoredEvent event) {
        return Long.parseLong(
                event.body().toUtf8().split(",", -1)[event.index()].strip());
    }

    public static List<Long> numbers(Page page) {
        return page.events().stream().map(Numbered::number).toList();
    }
}
