package dev.cxotel.bridge.voicequality;

import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A figure of the record: its field, the unit assumed unless {@code mapping.data_sources} says otherwise, what stands
 * for "not measured", and two ranges in the exported unit. What is outside the <em>possible</em> range is no
 * measurement; what is outside the <em>plausible</em> range is suspect, most likely of another unit.
 *
 * <p>NICE documents no unit. The defaults are those of watchRTC, whose fields the record has
 * (https://testrtc.com/docs/data-streams-in-watchrtc/): milliseconds, percent, kbit/s, seconds for the call. The
 * sentinels: 127 is "unavailable" in the MOS and R-factor of AudioCodes SBCs and -1 in all their figures; 0 stands in
 * NICE's own example for the round-trip time and bit rate of a call that had both.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of BigDecimals and unmodifiable lists of them are immutable
enum Quantity {
    MOS("AvgMos", "mos", Unit.MOS, range("1", "5"), range("1", "5"), "0", "127") {
        @Override
        boolean sentinel(BigDecimal raw, Unit unit) {
            return super.sentinel(raw, unit)
                    || (raw.signum() > 0 && unit.toExported(raw).compareTo(BigDecimal.ONE) < 0);
        }
    },
    R_FACTOR("AvgRFactor", "r_factor", Unit.POINTS, range("0", "130"), range("1", "130"), "127"),
    CALL_SCORE("CallScore", "call_score", Unit.POINTS, range("0", "10"), range("0", "10")),
    JITTER("AvgJitter", "jitter", Unit.MS, range("0", "3600"), zeroOr("0.00005", "1")),
    RTT("AvgRtt", "rtt", Unit.MS, range("0", "3600"), range("0.0002", "10"), "0"),
    PACKET_LOSS("AvgPktLoss", "packet_loss", Unit.PERCENT, range("0", "1"), range("0", "0.5")),
    BITRATE("AvgBitrate", "bitrate", Unit.KBIT_S, range("0", "1E+12"), range("500", "2000000"), "0"),
    SETUP("CallSetupTime", "setup", Unit.MS, range("0", "86400"), range("0.005", "120")),
    CALL_DURATION("Callduration", "duration", Unit.S, range("0", "1E+9"), range("0", "172800")),
    RING("Ringtime", "ring", Unit.S, range("0", "1E+9"), range("0", "600"));

    private static final BigDecimal UNAVAILABLE = BigDecimal.ONE.negate();

    private final String field;
    private final String configName;
    private final Unit assumed;
    private final Range possible;
    private final Range plausible;
    private final List<BigDecimal> sentinels;

    Quantity(String field, String configName, Unit assumed, Range possible, Range plausible, String... sentinels) {
        this.field = field;
        this.configName = configName;
        this.assumed = assumed;
        this.possible = possible;
        this.plausible = plausible;
        this.sentinels = Arrays.stream(sentinels).map(BigDecimal::new).toList();
    }

    /** The field's name as CXone writes it. */
    String field() {
        return field;
    }

    /** The name in {@code mapping.data_sources} and as the reason of a verdict. */
    String configName() {
        return configName;
    }

    /** The name in a sentence. */
    String title() {
        return switch (this) {
            case MOS -> "MOS";
            case R_FACTOR -> "R-factor";
            case RTT -> "round-trip time";
            case CALL_SCORE, JITTER, PACKET_LOSS, BITRATE, SETUP, CALL_DURATION, RING -> configName.replace('_', ' ');
        };
    }

    /** The unit when the source has no profile. */
    Unit assumed() {
        return assumed;
    }

    /** The histogram of the figure. */
    MetricDefinition metric() {
        return switch (this) {
            case MOS -> CxoneMetrics.CXONE_VOICE_MOS;
            case R_FACTOR -> CxoneMetrics.CXONE_VOICE_R_FACTOR;
            case CALL_SCORE -> CxoneMetrics.CXONE_VOICE_CALL_SCORE;
            case JITTER -> CxoneMetrics.CXONE_VOICE_JITTER;
            case RTT -> CxoneMetrics.CXONE_VOICE_RTT;
            case PACKET_LOSS -> CxoneMetrics.CXONE_VOICE_PACKET_LOSS;
            case BITRATE -> CxoneMetrics.CXONE_VOICE_BITRATE;
            case SETUP -> CxoneMetrics.CXONE_VOICE_SETUP_DURATION;
            case CALL_DURATION -> CxoneMetrics.CXONE_VOICE_CALL_DURATION;
            case RING -> CxoneMetrics.CXONE_VOICE_RING_DURATION;
        };
    }

    /** The attribute of span and log event, named like the metric. */
    AttributeKey<Double> attribute() {
        return switch (this) {
            case MOS -> CxoneAttributes.CXONE_VOICE_MOS;
            case R_FACTOR -> CxoneAttributes.CXONE_VOICE_R_FACTOR;
            case CALL_SCORE -> CxoneAttributes.CXONE_VOICE_CALL_SCORE;
            case JITTER -> CxoneAttributes.CXONE_VOICE_JITTER;
            case RTT -> CxoneAttributes.CXONE_VOICE_RTT;
            case PACKET_LOSS -> CxoneAttributes.CXONE_VOICE_PACKET_LOSS;
            case BITRATE -> CxoneAttributes.CXONE_VOICE_BITRATE;
            case SETUP -> CxoneAttributes.CXONE_VOICE_SETUP_DURATION;
            case CALL_DURATION -> CxoneAttributes.CXONE_VOICE_CALL_DURATION;
            case RING -> CxoneAttributes.CXONE_VOICE_RING_DURATION;
        };
    }

    /** Whether the figure as it came stands for "not measured". */
    boolean sentinel(BigDecimal raw, Unit unit) {
        return raw.compareTo(UNAVAILABLE) == 0 || sentinels.stream().anyMatch(value -> value.compareTo(raw) == 0);
    }

    boolean possible(BigDecimal exported) {
        return possible.contains(exported);
    }

    boolean plausible(BigDecimal exported) {
        return plausible.contains(exported);
    }

    /** The quantity of a name in {@code mapping.data_sources}. */
    static Optional<Quantity> fromConfigName(String name) {
        return Arrays.stream(values())
                .filter(quantity -> quantity.configName.equals(name))
                .findFirst();
    }

    private static Range range(String from, String to) {
        return new Range(new BigDecimal(from), new BigDecimal(to), false);
    }

    private static Range zeroOr(String from, String to) {
        return new Range(new BigDecimal(from), new BigDecimal(to), true);
    }

    private record Range(BigDecimal from, BigDecimal to, boolean orZero) {
        boolean contains(BigDecimal value) {
            return (orZero && value.signum() == 0) || (value.compareTo(from) >= 0 && value.compareTo(to) <= 0);
        }
    }
}
