/** The entry point and the composition root, the only place that knows every part. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge;
