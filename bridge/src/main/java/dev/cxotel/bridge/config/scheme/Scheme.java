package dev.cxotel.bridge.config.scheme;

import java.util.List;

/** What a sender signs, how, and where in a request it says so. */
public sealed interface Scheme permits TemplateScheme, MessageScheme {

    /** The name of one that is written into the configuration itself. */
    String CUSTOM = "custom";

    /** The preset's name, or {@link #CUSTOM}. */
    String name();

    /** The algorithms that may be used, in the order in which they are tried. */
    List<AllowedAlgorithm> algorithms();

    Tolerance tolerance();

    /** Whether the body is signed. When not, whoever sees one request can post any body. */
    boolean coversBody();

    /** Whether a request says who signed it. */
    boolean carriesConsumerId();

    /** Whether a request says which key signed it; when not, every active key is tried. */
    boolean carriesKeyVersion();

    /** Whether a request says when it was signed, and the signature covers that. */
    boolean carriesTime();

    /** Whether the body must have been read before the signature can be judged. */
    boolean needsBody();

    /** Whether the algorithm is one of {@link #algorithms()}. */
    default boolean allows(Algorithm algorithm) {
        return algorithms().stream().anyMatch(allowed -> allowed.algorithm() == algorithm);
    }
}
