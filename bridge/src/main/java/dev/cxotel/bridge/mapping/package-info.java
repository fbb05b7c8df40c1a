/** The rules that both slices share: privacy, attribute limits, countries, resources. Pure. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.mapping;
