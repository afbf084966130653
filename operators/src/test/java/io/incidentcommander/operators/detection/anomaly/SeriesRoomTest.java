// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.flink.api.java.tuple.Tuple3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesRoomTest {
    private static final int KEY_GROUPS = 128;

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 10_000})
    void asManySeriesAsATenantMayHaveFindRoom(int most) {
        SeriesRoom room = new SeriesRoom(most, KEY_GROUPS);

        assertThat(taken(room, 20, most)).isEqualTo(20 * most);
    }

    @Test
    void theBoundOfATenantIsAsItIsTold() {
        SeriesRoom room = new SeriesRoom(1_000, KEY_GROUPS);

        assertThat(taken(room, 1, 20_000)).isEqualTo(2_688);
        assertThat(room.all()).isEqualTo(2_688);
    }

    private static int taken(SeriesRoom room, int tenants, int series) {
        Random random = new Random(1);
        int taken = 0;
        for (int i = 0; i < tenants * series; i++) {
            Tuple3<String, Long, Long> key =
                    Tuple3.of("tenant-" + i / series, random.nextLong(), random.nextLong());
            if (!room.isFullFor(key)) {
                room.take(key);
                taken++;
            }
        }
        return taken;
    }
}
