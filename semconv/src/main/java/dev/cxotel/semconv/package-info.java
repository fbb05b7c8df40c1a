/** The names that cxotel exports, generated from the registry in {@code model/}. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.semconv;
