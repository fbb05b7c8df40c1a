package dev.cxotel.bridge.cli.demo;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.Ledger;

/** A bridge as the demo sees it: it can be posted to, and it keeps books. */
interface DemoBridge extends AutoCloseable {

    Ledger ledger() throws JournalException;

    /** How many contacts have no root span yet. */
    long openContacts() throws JournalException;

    @Override
    void close();

    /** Starts one. */
    @FunctionalInterface
    interface Starter {

        /** Returns when all listeners of {@code config} answer. */
        DemoBridge start(BridgeConfig config) throws Exception;
    }
}
