/** Fakes with memory and the runners that several packages' tests share. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.testing;
