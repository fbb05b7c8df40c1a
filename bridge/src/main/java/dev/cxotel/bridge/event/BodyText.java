package dev.cxotel.bridge.event;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The characters of a body. UTF-8, or UTF-16 with or without byte order mark, decoded strictly; nothing else is guessed
 * (a JSON parser that is given bytes guesses UTF-32 for some, and fails in unexpected ways).
 */
record BodyText(String text, Set<Repair> repairs) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Empty when the bytes are in none of the encodings. */
    static Optional<BodyText> decode(Bytes body) {
        byte[] bytes = body.toArray();
        Charset charset = charset(bytes);
        String text;
        try {
            text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        Set<Repair> repairs = EnumSet.noneOf(Repair.class);
        if (!charset.equals(StandardCharsets.UTF_8)) {
            repairs.add(Repair.UTF_16);
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            repairs.add(Repair.BYTE_ORDER_MARK);
            text = text.substring(1);
        }
        return Optional.of(new BodyText(text, repairs));
    }

    /** JSON begins with an ASCII character, so a zero beside the first one gives UTF-16 away. */
    private static Charset charset(byte[] bytes) {
        if (bytes.length < 2 || bytes.length % 2 != 0) {
            return StandardCharsets.UTF_8;
        }
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
            return StandardCharsets.UTF_16BE;
        }
        if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return StandardCharsets.UTF_8;
    }
}
