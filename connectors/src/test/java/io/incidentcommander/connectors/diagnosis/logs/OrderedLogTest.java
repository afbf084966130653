// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderedLogTest {
    private static final long TERABYTE_OF_LINES = (1L << 40) / EndlessLog.LINE_BYTES;

    @TempDir Path directory;

    @Test
    void aTimeIsFoundInATerabyteWithAFewLooks() throws IOException {
        OrderedLog log = new OrderedLog(new EndlessLog(TERABYTE_OF_LINES), EndlessLog::timeOf);
        long begin = log.firstOf(3_000_000_000L);
        long end = log.endOf(3_000_010_000L);
        long looks = log.bytesRead();

        List<Long> numbers = new ArrayList<>();
        log.read(begin, end, line -> numbers.add(EndlessLog.numberOf(line)));

        assertThat(numbers).contains(3_000_000_000L, 3_000_009_999L).isSorted();
        assertThat(numbers.size()).isBetween(10_000, 11_000);
        assertThat(looks).isLessThan(10 << 20);
        assertThat(log.bytesRead() - looks).isLessThan(3 << 20);
    }

    @Test
    void whatDoesNotSayItsTimeIsNotLostAtEitherEnd() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int second = 0; second < 4_000; second++) {
            text.append(second * 1_000).append(" failed\n");
            text.append("    at some frame of a stack\n".repeat(second == 2_000 ? 20_000 : 5));
        }
        try (OrderedLog log = open(text.toString(), OrderedLogTest::timeOfNumbered)) {
            List<String> lines = lines(log, log.firstOf(2_000_000), log.endOf(2_001_000));

            assertThat(lines).contains("2000000 failed");
            assertThat(lines.stream().filter(line -> line.startsWith("  ")).count())
                    .isGreaterThanOrEqualTo(20_000);
        }
    }

    @Test
    void blocksThatAdjoinGiveEachLineOnce() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder();
        List<String> all = new ArrayList<>();
        for (int n = 0; n < 3_000; n++) {
            all.add(n + "x".repeat(random.nextInt(90)));
            text.append(all.get(n)).append(n % 7 == 0 ? "\r\n" : "\n");
        }
        try (OrderedLog log = open(text.toString(), line -> OptionalLong.empty())) {
            List<String> read = new ArrayList<>();
            long from = 0;
            while (from < text.length()) {
                long to = from + 1 + random.nextInt(120);
                read.addAll(lines(log, from, to));
                from = to;
            }
            assertThat(read).isEqualTo(all);
        }
    }

    @Test
    void aLineWithoutEndIsCut() throws IOException {
        try (OrderedLog log = open("y".repeat(1 << 20), line -> OptionalLong.empty())) {
            List<String> lines = lines(log, 0, 1);
            assertThat(lines).hasSize(1);
            assertThat(lines.get(0)).hasSize(OrderedLog.LINE_BYTES);
        }
    }

    @Test
    void anEmptyLogHasNothing() throws IOException {
        try (OrderedLog log = open("", line -> OptionalLong.empty())) {
            assertThat(lines(log, log.firstOf(0), log.endOf(1))).isEmpty();
        }
    }

    private static OptionalLong timeOfNumbered(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        return text.startsWith(" ")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(text.substring(0, text.indexOf(' '))));
    }

    private static List<String> lines(OrderedLog log, long from, long to) throws IOException {
        List<String> lines = new ArrayList<>();
        log.read(from, to, line -> lines.add(new String(line, StandardCharsets.UTF_8)));
        return lines;
    }

    private OrderedLog open(String text, LineTimes times) throws IOException {
        Path file = directory.resolve("log");
        Files.writeString(file, text);
        return new OrderedLog(Files.newByteChannel(file), times);
    }
}
