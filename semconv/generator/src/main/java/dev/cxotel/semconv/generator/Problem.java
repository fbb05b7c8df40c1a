package dev.cxotel.semconv.generator;

/**
 * One reason why a registry cannot be used.
 *
 * @param place where it stands
 * @param message what is wrong and, where it is not plain, what would be right
 */
record Problem(Place place, String message) implements Comparable<Problem> {

    @Override
    public int compareTo(Problem other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
