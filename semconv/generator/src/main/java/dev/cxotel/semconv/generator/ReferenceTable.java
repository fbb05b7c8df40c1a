package dev.cxotel.semconv.generator;

/** The registry as Markdown for people. */
record ReferenceTable(Registry registry, CoreVocabulary core) {

    String markdown() {
        return "# Reference\n";
    }
}
