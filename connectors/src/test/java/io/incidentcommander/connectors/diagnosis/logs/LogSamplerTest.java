// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSamplerTest {
    private static final long TERABYTE_OF_LINES = (1L << 40) / EndlessLog.LINE_BYTES;
    private static final long HOUR = 3_600_000;
    private static final long FROM = 1_000_000_000L;

    private final List<Long> numbers = new ArrayList<>();

    @Test
    void whatIsReadOfATerabyteBeforeItEndsIsOfAllTheTimeAlike() throws IOException {
        OrderedLog log = log(TERABYTE_OF_LINES);
        LogSampler sampler = new LogSampler(List.of(log), FROM, FROM + HOUR);

        sampler.read(() -> numbers.size() < 60_000, this::take);

        assertThat(numbers).doesNotHaveDuplicates();
        for (int tenth = 0; tenth < 10; tenth++) {
            long begin = FROM + tenth * HOUR / 10;
            assertThat(numbers.stream().filter(n -> n >= begin && n < begin + HOUR / 10).count())
                    .as("tenth %d", tenth)
                    .isBetween(4_500L, 7_500L);
        }
        assertThat(sampler.share()).isBetween(0.01, 0.02);
        assertThat(sampler.bytes()).isBetween(700L << 20, 800L << 20);
        assertThat(log.bytesRead()).isLessThan(40L << 20);
    }

    @Test
    void whatFitsIsReadWholeAndOnceFromEachLog() throws IOException {
        LogSampler sampler =
                new LogSampler(List.of(log(5_000), log(0), log(9_000)), 0, HOUR, 10_000);

        sampler.read(() -> true, this::take);

        assertThat(sampler.share()).isEqualTo(1);
        assertThat(numbers).hasSize(14_000);
        assertThat(numbers.stream().distinct().count()).isEqualTo(9_000);
    }

    @Test
    void aLogOfAnotherTimeIsLeftAlone() throws IOException {
        OrderedLog log = log(TERABYTE_OF_LINES);
        LogSampler sampler = new LogSampler(List.of(log), 2L << 40, 3L << 40);

        sampler.read(() -> true, this::take);

        assertThat(numbers.size()).isLessThan(1_000);
        assertThat(log.bytesRead()).isLessThan(10 << 20);
    }

    private void take(byte[] line) {
        numbers.add(EndlessLog.numberOf(line));
    }

    private static OrderedLog log(long lines) {
        return new OrderedLog(new EndlessLog(lines), EndlessLog::timeOf);
    }
}
