package dev.cxotel.semconv;

/** How much the value of a field may tell of a person, from nothing to a name. */
public enum PrivacyClass {
    NONE,
    /** Stands for a person, a contact or a message without naming a person. */
    IDENTIFIER,
    /** Where a person works, finer than a country. */
    LOCATION,
    /** An address, whose query or path may hold anything. */
    URL,
    /** Text that people or programs wrote, which may hold anything. */
    FREE_TEXT,
    /** A person's name or number. */
    PERSONAL
}
