package dev.cxotel.bridge.backends;

import dev.cxotel.bridge.simulator.Fact;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on a leg by the default thresholds, as {@code cxotel.reference.yaml} has them, reckoned from what was written.
 *
 * @param reason what made it fair or poor: of equally bad figures the first of MOS, R-factor, jitter, loss and round trip
 */
record Grade(String verdict, Optional<String> reason) {

    static Grade of(Fact.Leg leg) {
        List<Figure> figures = List.of(
                new Figure("mos", leg.mos().map(mos -> -mos), -4.0, -3.5),
                new Figure("r_factor", leg.text("AvgRFactor").map(r -> -Double.parseDouble(r)), -80, -70),
                new Figure("jitter", leg.jitter(), 0.03, 0.06),
                new Figure("packet_loss", leg.loss(), 0.01, 0.05),
                new Figure("rtt", leg.rtt(), 0.3, 0.5));
        for (Figure figure : figures) {
            if (figure.value().filter(value -> value > figure.poor()).isPresent()) {
                return new Grade("poor", Optional.of(figure.name()));
            }
        }
        for (Figure figure : figures) {
            if (figure.value().filter(value -> value > figure.fair()).isPresent()) {
                return new Grade("fair", Optional.of(figure.name()));
            }
        }
        boolean measured = figures.stream().anyMatch(figure -> figure.value().isPresent());
        return new Grade(measured ? "good" : "unknown", Optional.empty());
    }

    /** A figure that is the worse, the larger it is. */
    private record Figure(String name, Optional<Double> value, double fair, double poor) {}
}
