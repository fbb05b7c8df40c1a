package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.simulator.World.Machine;
import dev.cxotel.bridge.simulator.World.Site;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one leg, which hang together: loss, jitter and delay lower R, and MOS follows R as ITU-T G.107 has it.
 * Null was not measured.
 *
 * @param jitter ms
 * @param loss percent
 * @param rtt ms; 0 is how CXone writes "not measured"
 * @param bitrate kbit/s; 0.0 likewise
 */
record MediaQuality(
        @Nullable Double jitter,
        @Nullable Double loss,
        @Nullable Double mos,
        @Nullable Double rFactor,
        double rtt,
        double bitrate) {

    /** AudioCodes' border controllers write this for an unavailable MOS. */
    private static final double UNAVAILABLE = 127;

    static MediaQuality ofCarrier(RandomGenerator random) {
        if (random.nextDouble() < 0.04) {
            return new MediaQuality(null, null, null, null, 0, 0);
        }
        MediaQuality quality = of(spread(2.5, random), spread(0.05, random), 45, random);
        double mos = random.nextDouble() < 0.01 ? UNAVAILABLE : quality.mos == null ? 0 : quality.mos;
        return new MediaQuality(quality.jitter, quality.loss, mos, quality.rFactor, 0, 0);
    }

    static MediaQuality ofSite(Site site, Machine machine, boolean lossy, RandomGenerator random) {
        boolean relayed = !machine.connectionType().equals("direct");
        double rtt = spread(site.rtt(), random) * (relayed ? 1.2 : 1)
                + (machine.transport().equals("udp") ? 0 : 25);
        double jitter = spread(site.jitter(), random) * (lossy ? 3 : 1);
        double loss = Math.min(40, spread(site.loss(), random) + (lossy ? 4 + 6 * random.nextDouble() : 0));
        MediaQuality quality = of(jitter, loss, rtt, random);
        return new MediaQuality(
                quality.jitter,
                quality.loss,
                quality.mos,
                null,
                round(rtt, 1),
                round(22 + 10 * random.nextDouble(), 1));
    }

    void putMeasured(Map<String, @Nullable Object> fields) {
        fields.put("AvgJitter", jitter);
        fields.put("AvgPktLoss", loss);
        fields.put("AvgMos", mos);
        fields.put("AvgRFactor", rFactor);
        fields.put("CallScore", mos == null || mos > 5 ? null : (Object) Math.round(mos));
    }

    void putTransport(Map<String, @Nullable Object> fields) {
        fields.put("AvgBitrate", bitrate);
        fields.put("AvgRtt", rtt == 0 ? (Object) 0 : (Object) rtt);
    }

    Fact.Leg fact(long contact, String skill, Optional<String> errorType, Map<String, @Nullable Object> written) {
        return new Fact.Leg(
                contact,
                skill,
                Optional.ofNullable(mos).filter(value -> value <= 5),
                Optional.ofNullable(jitter).map(value -> value / 1000),
                Optional.ofNullable(loss).map(value -> value / 100),
                rtt == 0 ? Optional.empty() : Optional.of(rtt / 1000),
                errorType,
                written);
    }

    /** MOS from R: 1 + 0.035 R + 7e-6 R (R - 60)(100 - R). */
    static double mosOf(double r) {
        if (r <= 0) {
            return 1;
        }
        return r >= 100 ? 4.5 : 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
    }

    private static MediaQuality of(double jitter, double loss, double rtt, RandomGenerator random) {
        double delay = rtt / 2 + 2 * jitter + 40;
        double delayImpairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
        double lossImpairment = 95 * loss / (loss + 10);
        double r = Math.clamp(93.2 - delayImpairment - lossImpairment + random.nextGaussian(), 5, 93.2);
        return new MediaQuality(
                round(jitter, 2), round(loss, 3), round(Math.clamp(mosOf(r), 1, 5), 5), round(r, 1), rtt, 0);
    }

    /** Around {@code median}, skewed to the right as delays are. */
    private static double spread(double median, RandomGenerator random) {
        return median * Math.exp(0.35 * random.nextGaussian());
    }

    private static double round(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }
}
