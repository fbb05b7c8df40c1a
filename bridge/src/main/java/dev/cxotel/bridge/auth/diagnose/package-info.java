/**
 * The search for the scheme that a request was signed by: {@link dev.cxotel.bridge.auth.diagnose.Diagnostician} tries every
 * preset and many templates with the configured keys. It lets nobody in, and tells names only, never values.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.diagnose;
