package dev.cxotel.bridge.mapping;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Country names and codes as CXone's geo-IP source writes them, to ISO 3166-1 alpha-2. */
public final class Countries {

    private static final String TABLE = "countries.tsv";
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST_NAME = 100;
    private static final Map<String, String> CODES = load();

    private Countries() {}

    /** The alpha-2 code of an English country name, an alpha-2 or an alpha-3 code; empty when it is unknown. */
    public static Optional<String> isoCode(@Nullable String country) {
        if (country == null || country.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        return Optional.ofNullable(CODES.get(normalize(country)));
    }

    private static Map<String, String> load() {
        Map<String, String> codes = new HashMap<>();
        for (String line : lines()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            codes.put(normalize(columns[0]), columns[0]);
            if (!columns[1].isEmpty()) {
                codes.put(normalize(columns[1]), columns[0]);
            }
            codes.put(normalize(columns[2]), columns[0]);
        }
        return Map.copyOf(codes);
    }

    private static List<String> lines() {
        InputStream table = Countries.class.getResourceAsStream(TABLE);
        if (table == null) {
            throw new IllegalStateException(TABLE + " is not on the class path");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String normalize(String name) {
        String letters = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("&", " and ")
                .replace(".", letterDots(name) ? "" : " ");
        String words = NO_LETTER.matcher(letters).replaceAll(" ").strip();
        String expanded = words.startsWith("st ") ? "saint " + words.substring(3) : words;
        return expanded.startsWith("the ") ? expanded.substring(4) : expanded;
    }

    /** Whether the dots only separate single letters, as in {@code U.S.A.}. */
    private static boolean letterDots(String name) {
        return name.length() > 1 && name.charAt(1) == '.';
    }
}
