/** The proof kit: a bridge under torture, a generator with numbered events, backends that remember, and a recount. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.testing.torture;
