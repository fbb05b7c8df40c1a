package dev.cxotel.semconv.generator;

/**
 * A spot in the registry.
 *
 * @param file the file, as the caller named the registry's directory
 * @param path the way to it, such as {@code metrics[cxone.voice.mos].instrument}
 */
record Place(String file, String path) {

    Place at(String child) {
        return new Place(file, path + "." + child);
    }

    Place at(String list, String name) {
        return at(list + "[" + name + "]");
    }

    @Override
    public String toString() {
        return file + ": " + path;
    }
}
