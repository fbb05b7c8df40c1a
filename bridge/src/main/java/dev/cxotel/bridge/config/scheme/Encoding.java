package dev.cxotel.bridge.config.scheme;

/** How the bytes of a signature are written as text. */
public enum Encoding {
    /** The standard alphabet; the padding may be left out. */
    BASE64,
    /** The alphabet for URLs and file names; the padding may be left out. */
    BASE64URL,
    /** Either case. */
    HEX
}
