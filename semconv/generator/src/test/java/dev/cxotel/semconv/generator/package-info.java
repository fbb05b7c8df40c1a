/** Each fault that must stop the build, planted into a small registry. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.semconv.generator;
