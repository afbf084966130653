// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LogReaderTest {
    private static final long T0 = LogLines.T0;

    private final LogReader reader = new LogReader(LogLines.SOURCE);

    @Test
    void readsALineWithItsServiceSeverityAndTime() {
        List<LogRecord> read = reader.read(LogLines.line("orders", "ERROR", T0, "pool is empty"));

        assertThat(read).hasSize(1);
        assertThat(read.get(0).service()).isEqualTo("orders");
        assertThat(read.get(0).severity()).isEqualTo(Severity.HIGH);
        assertThat(read.get(0).timeMillis()).isEqualTo(T0);
        assertThat(reader.skipped()).isEmpty();
    }

    @Test
    void anEntryOfTenKilobytesIsReadAndOneOfAByteMoreIsSkipped() {
        int frame = LogLines.line("orders", "ERROR", T0, "").length;
        String most = "x".repeat(LogPolicy.ENTRY_BYTES - frame);
        assertThat(reader.read(LogLines.line("orders", "ERROR", T0, most))).hasSize(1);
        assertThat(reader.read(LogLines.line("orders", "ERROR", T0, most + "x"))).isEmpty();
        assertThat(reader.skipped()).isEqualTo(Map.of(SkipReason.TOO_LARGE, 1L));
    }

    @Test
    void whatIsNoLogIsSkippedForItsReason() {
        reader.read(new byte[] {'{', 0, '}'});
        reader.read(new byte[] {'{', (byte) 0xC3, '(', '}'});
        reader.read(LogLines.utf8("GET / HTTP/1.1"));
        reader.read(LogLines.utf8("{\"message\":\"cut o"));
        reader.read(LogLines.utf8("[".repeat(10_000)));
        reader.read(LogLines.utf8("{\"hello\":\"world\"}"));
        reader.read(LogLines.utf8("{\"level\":\"info\",\"message\":\"without a time\"}"));

        assertThat(reader.skipped())
                .isEqualTo(
                        Map.of(
                                SkipReason.BINARY, 2L,
                                SkipReason.NOT_JSON, 2L,
                                SkipReason.TOO_DEEP, 1L,
                                SkipReason.NOT_A_LOG, 2L));
    }

    @Test
    void thirtyTwoLevelsAreReadAndOneMoreIsNotHoweverManySideBySide() {
        String most = "[".repeat(LogPolicy.DEPTH - 1) + "]".repeat(LogPolicy.DEPTH - 1);

        assertThat(LogScreen.ofLine(LogLines.utf8("[" + (most + ",").repeat(9) + "1]"))).isEmpty();
        assertThat(LogScreen.ofLine(LogLines.utf8("[[" + most + "]]")))
                .contains(SkipReason.TOO_DEEP);
    }

    @Test
    void aTextIsMeasuredInBytes() {
        for (String sign : List.of("x", "\u07FF", "\u0800", "😀")) {
            int size = LogLines.utf8(sign).length;
            String most =
                    sign.repeat(LogPolicy.ENTRY_BYTES / size)
                            + "x".repeat(LogPolicy.ENTRY_BYTES % size);
            assertThat(LogScreen.ofText(most)).as(sign).isEmpty();
            assertThat(LogScreen.ofText(most + "x")).as(sign).contains(SkipReason.TOO_LARGE);
        }
    }

    @Test
    void bracketsWithinStringsAreNoDepth() {
        String brackets = "[".repeat(100) + "\\\"" + "{".repeat(100);
        assertThat(reader.read(LogLines.line("orders", "info", T0, brackets))).hasSize(1);
    }

    @Test
    void noMoreThanTheTotalIsConsidered() {
        byte[] line = LogLines.line("orders", "info", T0, "served");
        LogReader short3 = new LogReader(LogLines.SOURCE, 3L * line.length);
        for (int i = 0; i < 5; i++) {
            short3.read(line);
        }
        assertThat(short3.skipped()).isEqualTo(Map.of(SkipReason.OVER_TOTAL, 2L));
        assertThat(short3.consideredBytes()).isEqualTo(3L * line.length);
        assertThat(LogPolicy.TOTAL_BYTES).isEqualTo(100 * 1024 * 1024);
    }

    @Test
    void textMadeToDeceiveIsSkippedAndColoursAreNot() {
        SliceReducer reducer = new SliceReducer(LogPolicy.defaults());
        String[] hostile = {
            "safe \u202E reversed",
            "first of its kind \u202A",
            "shown \u2066 isolated",
            "last of its kind \u2069",
            "first tag \uDB40\uDC00",
            "last tag \uDB40\uDC7F",
            "delete \u007F",
            "last control \u009F",
            "no character either \uFFFF",
            "clears the screen \u001B[2J",
            "bell \u0007",
            "hidden \uDB40\uDC41 tag",
            "half of a pair \uD83D",
            "no character \uFFFE",
            "next line \u0085",
        };
        for (String text : hostile) {
            reducer.add(LogLines.entry(1, Severity.HIGH, T0, text));
        }
        assertThat(reducer.skipped()).isEqualTo(Map.of(SkipReason.HOSTILE, (long) hostile.length));

        reducer.add(LogLines.entry(2, Severity.HIGH, T0, "\u001B[1;31mpool\u001B[0m is empty 😀"));
        List<String> signatures = new ArrayList<>();
        reducer.flush(s -> s.groups().forEach(g -> signatures.add(g.signature())));
        assertThat(signatures).containsExactly("pool is empty 😀");
    }

    /** Whatever the bytes: nothing is thrown, and every line is an entry or counted. */
    @Property(tries = 500)
    void noBytesStopTheAnalysis(@ForAll("lines") byte[] line) {
        LogReader any = new LogReader(LogLines.SOURCE);
        boolean read = !any.read(line).isEmpty();
        long skipped = any.skipped().values().stream().mapToLong(n -> n).sum();
        assertThat(skipped).isEqualTo(read ? 0 : 1);

        LogAnalysis analysis =
                new LogAnalysis(LogPolicy.defaults(), LogLines.SOURCE, T0 - 1000, T0, T0 + 1000);
        for (int i = 0; i < 30; i++) {
            analysis.add(line);
        }
        analysis.findings(new Redaction(Addresses.TAKEN_OUT));
        assertThat(
                        analysis.entries()
                                + analysis.skipped().values().stream().mapToLong(n -> n).sum())
                .isGreaterThanOrEqualTo(30);
    }

    @Provide
    Arbitrary<byte[]> lines() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> text =
                Arbitraries.strings()
                        .ofMaxLength(60)
                        .map(message -> LogLines.line("orders", "ERROR", T0, message));
        Arbitrary<byte[]> damaged =
                text.flatMap(
                        line ->
                                Arbitraries.integers()
                                        .between(0, line.length - 1)
                                        .flatMap(
                                                at ->
                                                        Arbitraries.bytes()
                                                                .map(b -> with(line, at, b))));
        Arbitrary<byte[]> escaped =
                Arbitraries.integers()
                        .between(0, 0xFFFF)
                        .array(int[].class)
                        .ofMaxSize(20)
                        .map(LogReaderTest::escaped);
        return Arbitraries.oneOf(noise, text, damaged, escaped);
    }

    private static byte[] with(byte[] line, int at, byte b) {
        byte[] damaged = line.clone();
        damaged[at] = b;
        return damaged;
    }

    private static byte[] escaped(int[] chars) {
        StringBuilder message = new StringBuilder();
        for (int c : chars) {
            message.append(String.format("\\u%04x", c));
        }
        return LogLines.line("orders", "ERROR", T0, message.toString());
    }
}
