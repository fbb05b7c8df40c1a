package dev.cxotel.bridge.voicequality;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The units in which each {@code DataSource} writes its figures, where they are not the assumed ones. */
final class UnitProfiles {

    private final Map<String, Map<Quantity, Unit>> bySource = new HashMap<>();

    /**
     * @param configured unit names by quantity's name by data source
     * @throws IllegalArgumentException when a name is unknown or the unit does not fit the quantity
     */
    UnitProfiles(Map<String, Map<String, String>> configured) {
        configured.forEach((source, units) -> {
            Map<Quantity, Unit> profile = new EnumMap<>(Quantity.class);
            units.forEach((quantity, unit) -> add(profile, source, quantity, unit));
            bySource.put(normalize(source), profile);
        });
    }

    /** The unit of {@code quantity} in records of {@code dataSource}. */
    Unit unit(@Nullable String dataSource, Quantity quantity) {
        Map<Quantity, Unit> profile = bySource.getOrDefault(normalize(dataSource == null ? "" : dataSource), Map.of());
        return profile.getOrDefault(quantity, quantity.assumed());
    }

    private static void add(Map<Quantity, Unit> profile, String source, String quantityName, String unitName) {
        String path = "mapping.data_sources." + source + "." + quantityName + ": ";
        Quantity quantity = Quantity.fromConfigName(quantityName)
                .orElseThrow(() -> new IllegalArgumentException(path + "not a quantity of voice-quality records"));
        Unit unit = Unit.fromConfigName(unitName)
                .orElseThrow(() -> new IllegalArgumentException(path + unitName + " is not a unit"));
        if (unit.dimension() != quantity.assumed().dimension()) {
            throw new IllegalArgumentException(path + unitName + " is not a unit of this quantity");
        }
        profile.put(quantity, unit);
    }

    private static String normalize(String source) {
        return source.strip().toLowerCase(Locale.ROOT);
    }
}
