/** The contract of names, written out by hand a second time. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.semconv;
