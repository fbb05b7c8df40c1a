package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.signal.Slices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code Callduration} against start and end: suspect when it is off by more than 10 % and by more than 5 s. */
class CallDurationTest {

    private static final Instant START = Instant.parse("2024-03-26T13:00:00Z");

    private final VoiceQualitySlice slice = new VoiceQualitySlice(
            MappingConfig.DEFAULT, new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test"));

    @ParameterizedTest
    @CsvSource({
        "10, 15, false",
        "10, 15.001, true",
        "10, 5, false",
        "10, 4.999, true",
        "100, 110, false",
        "100, 110.001, true",
        "100, 90, false",
        "100, 89.999, true",
        "1000, 1050, false"
    })
    void inspect_durationBesideTheTimes_isSuspectWhenTheyDisagree(long seconds, String reported, boolean suspect) {
        String body =
                "{\"ContactId\":1,\"AvgMos\":4,\"StartDateTime\":\"%s\",\"EndDateTime\":\"%s\",\"Callduration\":%s}"
                        .formatted(START, START.plusSeconds(seconds), reported);
        Decoding.Decoded decoded = (Decoding.Decoded) new Slices(List.of(slice)).decode(Bytes.utf8(body));
        Event event = decoded.events().getFirst();
        Arrival arrival = new Arrival("voice", START.plusSeconds(seconds + 1), Hash.of(body), 0);
        assertThat(slice.inspect(event, arrival).findings())
                .extracting(finding -> finding.kind() + " " + finding.field())
                .isEqualTo(suspect ? List.of(Finding.Kind.SUSPECT + " Callduration") : List.of());
    }
}
