// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import org.apache.flink.contrib.streaming.state.RocksDBConfigurableOptions;
import org.apache.flink.contrib.streaming.state.RocksDBOptions;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {
    /** More than all operators of a slot have. */
    private static final int TABLES = 128;

    private static final double SLOT_BYTES = 256 << 20;

    /** By Flink's RocksDBMemoryControllerUtils. */
    @Test
    void theFirstBlocksOfAllTablesOfASlotFitItsWriteBuffers() {
        Configuration flink = FlinkSettings.of(CommanderConfiguration.defaults());
        double firstBlock = flink.get(RocksDBConfigurableOptions.WRITE_BUFFER_SIZE).getBytes() / 8.;
        double share = flink.get(RocksDBOptions.WRITE_BUFFER_RATIO);
        double budget = 2 * SLOT_BYTES * share / 3;
        assertThat(TABLES * firstBlock).isLessThan(budget * 7 / 8);
    }

    /** On the heap they would claim the raw keyed state, which deduplication has. */
    @Test
    void timersAreInRocksDb() {
        assertThat(
                        FlinkSettings.of(CommanderConfiguration.defaults())
                                .getOptional(RocksDBOptions.TIMER_SERVICE_FACTORY))
                .contains(PriorityQueueStateType.ROCKSDB);
    }
}
