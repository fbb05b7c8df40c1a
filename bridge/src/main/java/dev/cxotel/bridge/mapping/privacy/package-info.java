/**
 * What of personal data and free text may leave the bridge: attribute by attribute, and in the bodies an operator is
 * shown.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.mapping.privacy;
