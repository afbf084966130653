// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static io.incidentcommander.udfs.ingest.repeat.Repeats.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatRecogniserTest {
    private static final String TIME = "2024-05-01T10:00:00Z";
    private static final String ALERT =
            "{\"name\":\"HighCpu\",\"severity\":\"high\",\"summary\":\"at 91\",\"value\":91,"
                    + "\"labels\":{\"pod\":\"a\",\"time\":\"fixed\"},\"time\":\""
                    + TIME
                    + "\"}";

    private final RepeatRecogniser<DecodeOutcome> recogniser = Repeats.recogniser();

    @Test
    void aRepeatTellsItsOwnTimeAndWhatWasLearnt() {
        Repeats.learn(recogniser, record(ALERT));
        String repeat =
                ALERT.replace(TIME, "2024-05-01T10:00:07.5+02:00")
                        .replace("at 91", "now at \\\"104\\\" \\u00e9 \\\\")
                        .replace(":91,", ":-104.25e-1,");
        assertThat(Repeats.verify(recogniser, record(repeat))).isEqualTo(Verdict.REPEAT);
        assertThat(recogniser.hasOwnTimes()).isTrue();
        assertThat(recogniser.eventTimeMillis(0))
                .isEqualTo(Instant.parse("2024-05-01T08:00:07.500Z").toEpochMilli());
        assertThat(recogniser.value().alerts().get(0).name()).isEqualTo("HighCpu");
    }

    /** Their times stand apart, and a scan sees those of the first alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " "})
    void severalDocumentsInARecordAreNotLearnt(String between) {
        Repeats.learn(recogniser, record(ALERT + between + ALERT));
        assertThat(recogniser.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HighCpu/HighRam", "high/low", "\"a\"/\"b\"", "fixed/other", "}}/} }"})
    void whateverElseDiffersIsUnknown(String change) {
        Repeats.learn(recogniser, record(ALERT));
        String[] words = change.split("/", -1);
        String other = change.startsWith("}}") ? ALERT + " " : ALERT.replace(words[0], words[1]);
        assertThat(other).isNotEqualTo(ALERT);
        assertThat(recogniser.recognise(record(other))).isEqualTo(Verdict.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"yesterday\"",
                "\"1969-01-01T00:00:00Z\"",
                "\"0001-01-01T00:00:00Z\"",
                "\"2024-05-01T10:00:00\\u005a\"",
                "\"2024-05-01T10:00:00\\\\\"",
                "null",
                "true",
                "{}",
                "[\"2024-05-01T10:00:00Z\"]"
            })
    void aTimeThatIsNoneIsLeftToTheDecoder(String time) {
        Repeats.learn(recogniser, record(ALERT));
        String odd = ALERT.replace("\"" + TIME + "\"", time);
        assertThat(recogniser.recognise(record(odd))).isEqualTo(Verdict.UNSURE);
    }

    @Test
    void aNumberInPlaceOfAStringIsNoRepeat() {
        Repeats.learn(recogniser, record(ALERT));
        String number = ALERT.replace("\"" + TIME + "\"", "1714557600");
        assertThat(recogniser.recognise(record(number))).isEqualTo(Verdict.UNKNOWN);
        Repeats.learn(recogniser, record(number));
        assertThat(Repeats.verify(recogniser, record(number.replace("1714557600", "1714557601"))))
                .isEqualTo(Verdict.REPEAT);
        assertThat(recogniser.eventTimeMillis(0)).isEqualTo(1_714_557_601_000L);
    }

    @Test
    void anotherSourceMayReadTheSameBytesOtherwise() {
        Repeats.learn(recogniser, record(ALERT));
        byte[] bytes = ALERT.getBytes(StandardCharsets.UTF_8);
        assertThat(recogniser.recognise(RawRecord.of("other", "p", 7, 0, bytes)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void sourcesWhoseHashesAreEqualAreStillDifferent() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        byte[] bytes = ALERT.getBytes(StandardCharsets.UTF_8);
        RawRecord learnt = RawRecord.of("Aa", "p", 7, 0, bytes);
        DecodeOutcome outcome = Repeats.decode(learnt);
        recogniser.learn(learnt, outcome, outcome);
        assertThat(recogniser.recognise(learnt)).isEqualTo(Verdict.REPEAT);
        assertThat(recogniser.recognise(RawRecord.of("BB", "p", 7, 0, bytes)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void equalDigestsNeverMakeDifferentAlertsOne() {
        RepeatRecogniser<DecodeOutcome> colliding = Repeats.colliding();
        String other = ALERT.replace("HighCpu", "HighRam");
        Repeats.learn(colliding, record(ALERT));
        assertThat(colliding.recognise(record(other))).isEqualTo(Verdict.UNKNOWN);
        Repeats.learn(colliding, record(other));
        assertThat(Repeats.verify(colliding, record(other))).isEqualTo(Verdict.REPEAT);
        assertThat(colliding.recognise(record(ALERT))).isEqualTo(Verdict.UNKNOWN);
        assertThat(colliding.size()).isEqualTo(1);
    }

    @Test
    void cutOversizedAndEmptyRecordsAreLeftToTheDecoder() {
        Repeats.learn(recogniser, record(ALERT));
        byte[] bytes = ALERT.getBytes(StandardCharsets.UTF_8);
        RawRecord cut = RawRecord.truncated("test", "p", 7, 0, bytes.length + 1, bytes);
        String padding = " ".repeat(RecordDecoder.MAX_RECORD_BYTES);
        assertThat(recogniser.recognise(cut)).isEqualTo(Verdict.UNSURE);
        assertThat(recogniser.recognise(record(ALERT + padding))).isEqualTo(Verdict.UNSURE);
        assertThat(recogniser.recognise(record(""))).isEqualTo(Verdict.UNSURE);
        assertThat(recogniser.recognise(RawRecord.heartbeat("test", 0))).isEqualTo(Verdict.UNSURE);
    }

    @Test
    void aTimeTakenFromTheArrivalIsNotLearnt() {
        Repeats.learn(recogniser, record("{\"name\":\"a\",\"severity\":\"low\"}"));
        Repeats.learn(recogniser, record("{\"name\":\"a\",\"severity\":\"low\",\"time\":\"\"}"));
        assertThat(recogniser.size()).isZero();
    }

    @Test
    void batchesAndWhatBearsNoAlertAreNotLearnt() {
        Repeats.learn(recogniser, record("[" + ALERT + "]"));
        Repeats.learn(recogniser, record("[" + ALERT + "," + ALERT + "]"));
        Repeats.learn(recogniser, record("[" + ALERT + ",7]"));
        Repeats.learn(recogniser, record("{\"unknown\":1}"));
        Repeats.learn(recogniser, record("no JSON"));
        assertThat(recogniser.size()).isZero();
    }

    @Test
    void twiceTheSameKeyIsNeverARepeat() {
        Repeats.learn(recogniser, record(ALERT));
        String twice = ALERT.replace("{\"name\"", "{\"time\":\"" + TIME + "\",\"name\"");
        String escaped = ALERT.replace("{\"name\"", "{\"\\u0074ime\":\"" + TIME + "\",\"name\"");
        assertThat(recogniser.recognise(record(twice))).isEqualTo(Verdict.UNKNOWN);
        assertThat(recogniser.recognise(record(escaped))).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aRecordThatBeginsWithAVolatileValueIsRecognisedToo() {
        String first =
                "{\"summary\":\"%s\",\"name\":\"a\",\"severity\":\"low\",\"time\":1714557600}";
        Repeats.learn(recogniser, record(String.format(first, "one thing")));
        assertThat(recogniser.recognise(record(String.format(first, "another thing"))))
                .isEqualTo(Verdict.REPEAT);
    }

    @Test
    void accessorsAnswerOnlyAfterARepeat() {
        assertThatThrownBy(recogniser::value).isInstanceOf(IllegalStateException.class);
        Repeats.learn(recogniser, record(ALERT));
        assertThatThrownBy(recogniser::value).isInstanceOf(IllegalStateException.class);
        assertThat(recogniser.recognise(record(ALERT))).isEqualTo(Verdict.REPEAT);
        assertThat(recogniser.recognise(record("{}"))).isEqualTo(Verdict.UNSURE);
        assertThatThrownBy(recogniser::hasOwnTimes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgetsAllWhenCleared() {
        Repeats.learn(recogniser, record(ALERT));
        recogniser.clear();
        assertThat(recogniser.recognise(record(ALERT))).isEqualTo(Verdict.UNKNOWN);
        assertThat(recogniser.bytes()).isZero();
    }

    @Test
    void memoryIsBounded() {
        RepeatRecogniser<DecodeOutcome> small =
                new RepeatRecogniser<>(Repeats.DECODER.decoders(), Repeats::decode, 10, 4_000);
        for (int i = 0; i < 200; i++) {
            Repeats.learn(small, record(ALERT.replace("HighCpu", "High" + i)));
            assertThat(small.size()).isBetween(1, 10);
            assertThat(small.bytes()).isBetween(1L, 4_000L);
        }
    }

    @Test
    void withoutATimePathEveryByteCountsAndTheTimesAreThoseLearnt() {
        RepeatRecogniser<DecodeOutcome> exact =
                new RepeatRecogniser<>(
                        java.util.List.of(new Untimed(Repeats.DECODER.decoders().get(0))),
                        Repeats::decode,
                        10,
                        100_000);
        Repeats.learn(exact, record(ALERT));
        assertThat(Repeats.verify(exact, record(ALERT))).isEqualTo(Verdict.REPEAT);
        assertThat(exact.hasOwnTimes()).isFalse();
        assertThatThrownBy(() -> exact.eventTimeMillis(0))
                .isInstanceOf(NoSuchElementException.class);
        assertThat(exact.recognise(record(ALERT.replace(":91", ":92")))).isEqualTo(Verdict.UNKNOWN);
        exact.clear();
        Repeats.learn(exact, record("{\"name\":\"a\",\"severity\":\"low\"}"));
        assertThat(exact.size()).isZero();
    }
}
