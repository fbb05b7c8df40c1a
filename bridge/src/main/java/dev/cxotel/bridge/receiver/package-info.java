/** HTTP in: the subscriptions' paths, and the health listener. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.receiver;
