package dev.cxotel.bridge.testing.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.testing.torture.Incidents.Cause;
import dev.cxotel.bridge.testing.torture.Memory.Repeat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final int NUMBER = 7;

    private final Incidents incidents = new Incidents();
    private final Memory memory = new Memory(incidents);

    @Test
    void repeat_ofWhatWasReadAfterTheDeathOfItsSender_isTheKills() {
        incidents.begin(Cause.KILL);
        long read = System.nanoTime();
        incidents.end();

        memory.store(NUMBER, 1, read);
        memory.store(NUMBER, 1, System.nanoTime());

        assertThat(memory.repeats()).isEqualTo(Map.of(Repeat.KILL, 1L));
    }

    @Test
    void repeat_whileTheCauseLasts_isTheCauses() {
        memory.store(NUMBER, 1, System.nanoTime());
        incidents.begin(Cause.STANDSTILL);
        memory.store(NUMBER, 1, System.nanoTime());

        assertThat(memory.repeats()).isEqualTo(Map.of(Repeat.STANDSTILL, 1L));
    }

    @Test
    void repeat_withinOneLifeOfTheBridge_isUnexplained() {
        incidents.begin(Cause.KILL);
        incidents.end();

        memory.store(NUMBER, 1, System.nanoTime());
        memory.store(NUMBER, 1, System.nanoTime());

        assertThat(memory.repeats()).isEqualTo(Map.of(Repeat.UNEXPLAINED, 1L));
    }

    @Test
    void repeat_ofALostAnswer_isExplainedOnce() {
        memory.store(NUMBER, 1, System.nanoTime());
        memory.answerLost(NUMBER);
        memory.store(NUMBER, 1, System.nanoTime());
        memory.store(NUMBER, 1, System.nanoTime());

        assertThat(memory.repeats()).isEqualTo(Map.of(Repeat.LOST_ANSWER, 1L, Repeat.UNEXPLAINED, 1L));
    }
}
