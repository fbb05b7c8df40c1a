package dev.cxotel.otelconfig.generator;

import java.util.Optional;

/**
 * A question of the people who watch the contact centre.
 *
 * @param quote the words of CXone's page that promise an answer
 * @param note empty when there is nothing to add
 * @param query empty when log records answer it
 * @param events the name of the log records that do
 */
record Question(String title, String quote, String note, Optional<Query> query, Optional<String> events) {}
