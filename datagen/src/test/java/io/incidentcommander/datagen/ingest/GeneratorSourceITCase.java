// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class GeneratorSourceITCase {
    private static final long EPOCH = 1_767_225_600_000L;

    @Test
    void theSameStormTwiceIsEqualWhateverTheMachineDoes() throws Exception {
        assertThat(run(storm(20_000))).hasSize(20_000).isEqualTo(run(storm(20_000)));
    }

    @Test
    void timeWithoutARateIsRefused() {
        assertThatThrownBy(
                        () ->
                                GeneratorSource.builder(StormSpec.canonicalOnly(350))
                                        .inVirtualTime(EPOCH)
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a rate");
    }

    private static GeneratorSource storm(long records) {
        return GeneratorSource.builder(StormSpec.builder().seed(3).build())
                .rate(50_000)
                .records(records)
                .inVirtualTime(EPOCH)
                .build();
    }

    private static List<String> run(GeneratorSource source) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
        env.configure(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        List<String> records = new ArrayList<>();
        try (CloseableIterator<RawRecord> results =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "generator")
                        .executeAndCollect()) {
            results.forEachRemaining(
                    r -> records.add(r + new String(r.bytes(), StandardCharsets.ISO_8859_1)));
        }
        records.sort(null);
        return records;
    }
}
