package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.telemetry.Telemetry;

/** What the journal reports about itself. */
final class Reporting {

    private final Telemetry telemetry;

    Reporting(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void committed(Tally tally, double seconds) {}

    void failed(String reason) {}
}
