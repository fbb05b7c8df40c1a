@org.jspecify.annotations.NullMarked
package dev.cxotel.otelconfig.generator;
