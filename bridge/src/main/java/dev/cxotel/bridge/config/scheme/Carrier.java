package dev.cxotel.bridge.config.scheme;

/**
 * Where a request carries a value.
 *
 * @param name of the header, in any case, or of the query parameter, exactly
 * @param separator what separates the items of a list; empty: the value is one item
 * @param prefix what stands before the item that is meant, such as {@code t=}; empty: every item
 */
public record Carrier(Place place, String name, String separator, String prefix) {

    public static Carrier header(String name) {
        return new Carrier(Place.HEADER, name, "", "");
    }

    /** A part of a request. */
    public enum Place {
        HEADER,
        QUERY
    }
}
