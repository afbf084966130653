// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.DECODER;
import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.decode;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {
    private static final String GOOD =
            "{\"name\":\"HighCpu\",\"service\":\"checkout\",\"severity\":\"high\","
                    + "\"time\":\"2024-05-01T10:00:00Z\"}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "{",
                "[",
                "nonsense",
                "\u0000",
                "{} {}",
                "{\"a\":1}x",
                "[]",
                "7",
                "null",
                "\"text\"",
                "{}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{'a':1}",
                "[[]]",
                "[1,2]"
            })
    void whatIsNoMessageBecomesADeadLetterWithAReasonInOneLine(String text) {
        DecodeOutcome outcome = decode(text);
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("\n").doesNotContain("nonsense");
    }

    @Test
    void aRecordBeyondTheLimitIsRefusedBySizeNotByContent() {
        RawRecord truncated =
                RawRecord.truncated(
                        "s",
                        "p",
                        0,
                        1,
                        RecordDecoder.MAX_RECORD_BYTES + 1,
                        GOOD.getBytes(StandardCharsets.UTF_8));
        assertThat(DECODER.decode(truncated, PROFILE).reason())
                .isEqualTo(
                        "Record of 262145 bytes exceeds the limit of 262144: split it at the"
                                + " sender");
    }

    @Test
    void aRecordOfExactlyTheLimitIsRead() {
        String padded = GOOD + " ".repeat(RecordDecoder.MAX_RECORD_BYTES - GOOD.length());
        assertThat(decode(padded).outcome()).isEqualTo(RecordOutcome.ALERT_BEARING);
        assertThat(decode(padded + " ").outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
    }

    @Test
    void nestingOf64IsReadAndDeeperIsRefusedWithoutRecursion() {
        assertThat(decode("[".repeat(100_000)).reason()).startsWith("Beyond the limits");
        String deep = "{\"a\":".repeat(100_000 / 5) + "1";
        assertThat(decode(deep).reason()).startsWith("Beyond the limits");
    }

    @Test
    void numbersOfAnyExponentCostNothingAndLongOnesAreRefused() {
        String absurd = GOOD.replace("}", ",\"value\":1e999999}");
        assertThat(decode(absurd).alerts().get(0).value()).isEmpty();
        String asTime = GOOD.replace("\"2024-05-01T10:00:00Z\"", "1e999999");
        assertThat(decode(asTime).reason()).startsWith("Field time is no time");
        String digits = GOOD.replace("}", ",\"value\":" + "9".repeat(10_000) + "}");
        assertThat(decode(digits).reason()).startsWith("Beyond the limits");
    }

    @Test
    void invalidUtf8IsRefusedWithItsPlace() {
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        bytes[10] = (byte) 0xC0;
        assertThat(DECODER.decode(record(bytes), PROFILE).reason())
                .startsWith("Not UTF-8 at byte 10");
    }

    @Test
    void otherEncodingsAreNotGuessed() {
        byte[] utf16 = GOOD.getBytes(StandardCharsets.UTF_16LE);
        assertThat(DECODER.decode(record(utf16), PROFILE).outcome())
                .isEqualTo(RecordOutcome.DEAD_LETTER);
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(decode("\uFEFF" + GOOD).outcome()).isEqualTo(RecordOutcome.ALERT_BEARING);
    }

    @Test
    void anArrayIsABatchNumberedOnThroughTheRecordAndBadPartsDoNotLoseGoodOnes() {
        DecodeOutcome outcome = decode("[" + GOOD + ",{\"junk\":1}," + GOOD + "]");
        assertThat(outcome.alerts())
                .extracting(alert -> alert.id().toString())
                .containsExactly("test:p:7:0", "test:p:7:1");
        assertThat(outcome.rejectedParts()).hasSize(1);
        assertThat(outcome.rejectedParts().get(0)).startsWith("Part 1: Unknown format");
    }

    @Test
    void aFixedFormatNeedsNoRecognition() {
        SourceProfile fixed = PROFILE.withFormat(AlertFormat.CANONICAL);
        Alert alert = DECODER.decode(record("{\"name\":\"x\"}"), fixed).alerts().get(0);
        assertThat(alert.name()).isEqualTo("x");
        assertThat(DECODER.decode(record(GOOD), PROFILE.withFormat(AlertFormat.CSV)).reason())
                .contains("csv");
    }

    @Test
    void aDefectOfADecoderIsADeadLetterToo() {
        AlertDecoder broken =
                new AlertDecoder() {
                    @Override
                    public AlertFormat format() {
                        return AlertFormat.CANONICAL;
                    }

                    @Override
                    public boolean recognises(com.fasterxml.jackson.databind.JsonNode document) {
                        return true;
                    }

                    @Override
                    public DecodeOutcome decode(
                            com.fasterxml.jackson.databind.JsonNode document,
                            RawRecord record,
                            int firstIndex,
                            SourceProfile profile) {
                        throw new IllegalStateException("secret");
                    }

                    @Override
                    public VolatileFields volatileFields() {
                        return VolatileFields.none();
                    }
                };
        DecodeOutcome outcome =
                new RecordDecoder(java.util.List.of(broken)).decode(record(GOOD), PROFILE);
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(outcome.reason()).contains("IllegalStateException").doesNotContain("secret");
    }
}
