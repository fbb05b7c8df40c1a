/** What every pipeline's work is made of: events translated, sent in batches that fit, ended one by one, committed, counted. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline.work;
