package dev.cxotel.bridge.auth.signature.template;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a query as they stand on the wire. A plus sign is a plus sign: Base64 has it, and the blank of a form
 * does not occur in a signature.
 */
record QueryString(List<Parameter> parameters) {

    QueryString {
        parameters = List.copyOf(parameters);
    }

    /** One parameter; {@code raw} is the whole of it, {@code value} what follows its equals sign. */
    record Parameter(String raw, String name, String value) {}

    static QueryString parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        for (String raw : query.split("&", -1)) {
            int equals = raw.indexOf('=');
            String name = equals < 0 ? raw : raw.substring(0, equals);
            String value = equals < 0 ? "" : raw.substring(equals + 1);
            parameters.add(new Parameter(raw, decode(name).orElse(name), value));
        }
        return new QueryString(parameters);
    }

    /** The values of all parameters of that name, percent-encoding kept; a name may be encoded as it likes. */
    List<String> values(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    /** A URL without the parameters of those names; the others keep order and spelling. */
    static String without(String url, Set<String> names) {
        int mark = url.indexOf('?');
        if (mark < 0 || names.isEmpty()) {
            return url;
        }
        List<String> kept = parse(url.substring(mark + 1)).parameters().stream()
                .filter(parameter -> !names.contains(parameter.name()))
                .map(Parameter::raw)
                .toList();
        return kept.isEmpty() ? url.substring(0, mark) : url.substring(0, mark + 1) + String.join("&", kept);
    }

    /** Percent-decodes once, as UTF-8; empty when an escape is broken. */
    static Optional<String> decode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out[length++] = in[i];
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            out[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(out, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
