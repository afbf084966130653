// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.DECODER;
import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.AlertFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes: one outcome, no exception, no defect of ours. */
class DecodingProperties {
    private static final List<String> SEEDS = seedsOfAllFormats();

    @Property(seed = "20260101", tries = 3000)
    void flippedBytes(@ForAll("seeds") String sample, @ForAll Random random) {
        byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
        int flips = 1 + random.nextInt(4);
        for (int i = 0; i < flips; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertOneOutcome(bytes);
    }

    @Property(seed = "20260101", tries = 1000)
    void truncation(@ForAll("seeds") String sample, @ForAll Random random) {
        byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
        byte[] head = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        assertThat(assertOneOutcome(head).outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
    }

    @Property(seed = "20260101", tries = 2000)
    void splicedPieces(
            @ForAll("seeds") String sample,
            @ForAll("hostile") String piece,
            @ForAll Random random) {
        int at = random.nextInt(sample.length());
        int drop = random.nextInt(Math.min(20, sample.length() - at));
        assertOneOutcome(
                (sample.substring(0, at) + piece + sample.substring(at + drop))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void anExponentThatNoNumberHasIsADeadLetter() {
        for (String number : List.of("1e-99999999999", "-1e99999999999999999", "1e2147483649")) {
            String alert = "{\"name\":\"a\",\"value\":" + number + "}";
            String within =
                    "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"TopicArn\":\"a\",\"Message\":"
                            + "\"{\\\"AlarmName\\\":"
                            + number
                            + "}\"}";
            for (String json : List.of(alert, within)) {
                assertThat(assertOneOutcome(json.getBytes(StandardCharsets.UTF_8)).outcome())
                        .as(json)
                        .isEqualTo(RecordOutcome.DEAD_LETTER);
            }
        }
    }

    @Property(seed = "20260101", tries = 500)
    void noise(@ForAll byte[] bytes) {
        assertOneOutcome(bytes);
    }

    /** Exhaustive: each node of each sample by each of these, by detection and by fixed format. */
    @Example
    void aValueOfAnotherTypeAtEveryPath() throws Exception {
        List<String> values =
                List.of(
                        "null",
                        "7",
                        "-1",
                        "1e999999",
                        "\"\"",
                        "\"x\"",
                        "true",
                        "[]",
                        "[null]",
                        "[[1]]",
                        "{}",
                        "{\"a\":{}}",
                        "\"\\ud800\"",
                        "\"$DATE\"",
                        "\"0001-01-01T00:00:00Z\"",
                        "\"" + "y".repeat(5000) + "\"");
        for (String sample : SEEDS) {
            AlertFormat format = DECODER.decode(record(sample), PROFILE).format().get();
            for (String mutant : JsonMutants.replacingEachNode(sample, values)) {
                assertOneOutcome(mutant.getBytes(StandardCharsets.UTF_8));
                assertSound(DECODER.decode(record(mutant), PROFILE.withFormat(format)));
            }
        }
    }

    @Example
    void everySampleForcedThroughEveryDecoder() {
        for (String sample : SEEDS) {
            for (AlertFormat format : AlertFormat.values()) {
                assertSound(DECODER.decode(record(sample), PROFILE.withFormat(format)));
            }
        }
    }

    @Example
    void everyFormatIsAmongTheSeeds() {
        assertThat(SEEDS.stream().map(seed -> DECODER.decode(record(seed), PROFILE).format().get()))
                .containsAll(
                        DECODER.decoders().stream().map(AlertDecoder::format).distinct().toList());
    }

    @Example
    void duplicatedKeysAreRefused() {
        for (String sample : SEEDS) {
            String doubled = sample.replaceFirst("\\{(\"[^\"]+\":)", "{$1null,$1");
            assertThat(DECODER.decode(record(doubled), PROFILE).reason())
                    .startsWith("A key occurs twice");
        }
    }

    @Provide
    Arbitrary<String> seeds() {
        return Arbitraries.of(SEEDS);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                "[".repeat(100_000),
                "{\"a\":".repeat(30_000),
                "1e999999",
                "-1e-999999",
                "-1e-9999991714557600",
                "1e2147483648",
                "9".repeat(10_000),
                "0." + "1".repeat(10_000),
                "\"" + "k".repeat(60_000) + "\":1,",
                "\\ud800",
                "\u0000",
                "NaN",
                "null",
                ",",
                "\"name\":\"x\",");
    }

    private static List<String> seedsOfAllFormats() {
        List<String> seeds = new ArrayList<>(Samples.all().values());
        seeds.addAll(Samples.untimed().values());
        return seeds;
    }

    private static DecodeOutcome assertOneOutcome(byte[] bytes) {
        DecodeOutcome outcome = DECODER.decode(record(bytes), PROFILE);
        assertSound(outcome);
        return outcome;
    }

    private static void assertSound(DecodeOutcome outcome) {
        assertThat(outcome.reason()).doesNotContain("Defect").doesNotContain("\n");
        assertThat(outcome.rejectedParts()).hasSizeLessThanOrEqualTo(16);
        boolean alerts = outcome.outcome() == RecordOutcome.ALERT_BEARING;
        boolean telemetry = outcome.outcome() == RecordOutcome.TELEMETRY;
        assertThat(!outcome.alerts().isEmpty()).isEqualTo(alerts);
        assertThat(!outcome.metrics().isEmpty() || !outcome.logs().isEmpty()).isEqualTo(telemetry);
        assertThat(outcome.reason().isEmpty()).isEqualTo(alerts || telemetry);
        outcome.alerts().forEach(DecodingProperties::assertSound);
        outcome.metrics().forEach(point -> assertThat(CanonicalJson.write(point)).isNotBlank());
        outcome.logs().forEach(log -> assertThat(CanonicalJson.write(log)).isNotBlank());
    }

    private static void assertSound(io.incidentcommander.model.ingest.Alert alert) {
        assertThat(alert.name()).isNotEmpty();
        assertThat(alert.service()).isNotEmpty();
        assertThat(alert.labels().size()).isLessThanOrEqualTo(AlertDraft.MAX_LABELS);
        assertThat(Double.isInfinite(alert.value().orElse(0))).isFalse();
        long time = alert.eventTimeMillis();
        assertThat(time == RecordDecoder.UNKNOWN_TIME || Timestamps.ofEpoch(time) == time).isTrue();
        String line = CanonicalJson.write(alert);
        var again = DECODER.decode(record(line), PROFILE.withFormat(AlertFormat.CANONICAL));
        assertThat(again.alerts())
                .as(line + again.reason())
                .containsExactly(alert.toBuilder().id(again.alerts().get(0).id()).build());
    }
}
