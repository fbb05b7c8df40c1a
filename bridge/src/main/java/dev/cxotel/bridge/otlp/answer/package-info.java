/** What a backend answered and what that means: {@link ExportResult}. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.otlp.answer;
