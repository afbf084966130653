// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static io.incidentcommander.udfs.ingest.repeat.Repeats.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Deliveries with several times, or with one within a string. */
class DeliveryTimesTest {
    private static final String OPEN = "0001-01-01T00:00:00Z";
    private static final String TEN = "2024-05-01T10:00:00Z";
    private static final String ELEVEN = "2024-05-01T11:00:00Z";
    private static final String NOON = "2024-05-01T12:00:00Z";

    private final RepeatRecogniser<DecodeOutcome> recogniser = Repeats.recogniser();

    @Test
    void eachAlertHasTheTimeOfItsOwnPlaceThoughAllWereEqualWhenLearnt() {
        String message =
                message(alert("a", "firing", OPEN, "S1"), alert("b", "firing", OPEN, "S2"));
        Repeats.learn(recogniser, record(message.replace("S1", TEN).replace("S2", TEN)));
        assertTimes(message.replace("S1", ELEVEN).replace("S2", NOON), ELEVEN, NOON);
        assertTimes(message.replace("S1", NOON).replace("S2", TEN), NOON, TEN);
    }

    @Test
    void theStatusOfAnAlertTellsWhichOfItsTimesCounts() {
        String message =
                message(
                        alert("a", "resolved", "E1", "S1"),
                        alert("b", "firing", OPEN, "S2"),
                        alert("c", "resolved", OPEN, "S3"),
                        alert("d", "firing", "E4", "S4"));
        Repeats.learn(recogniser, record(message.replaceAll("[SE][1-4]", TEN)));
        String repeat = message.replace("E1", ELEVEN).replace("S2", NOON);
        assertTimes(repeat.replaceAll("[SE][1-4]", TEN), ELEVEN, NOON, TEN, TEN);
        repeat = message.replace("S3", ELEVEN).replace("S4", NOON);
        assertTimes(repeat.replaceAll("[SE][1-4]", TEN), TEN, TEN, ELEVEN, NOON);
    }

    @Test
    void anEndIsNoRepeatOfAnOpenEnd() {
        String message = message(alert("a", "resolved", "E1", TEN));
        RawRecord open = record(message.replace("E1", OPEN));
        RawRecord ended = record(message.replace("E1", NOON));
        Repeats.learn(recogniser, open);
        assertThat(recogniser.recognise(ended)).isEqualTo(Verdict.UNKNOWN);
        Repeats.learn(recogniser, ended);
        assertThat(Repeats.verify(recogniser, open)).isEqualTo(Verdict.REPEAT);
        assertThat(Repeats.verify(recogniser, ended)).isEqualTo(Verdict.REPEAT);
        RepeatRecogniser<DecodeOutcome> colliding = Repeats.colliding();
        Repeats.learn(colliding, open);
        assertThat(colliding.recognise(ended)).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void anEchoAmongTheAlertsHasNoTime() {
        String echo = alert("x", "firing", OPEN, "S0").replace("note", "incident-commander");
        String message = message(echo, alert("a", "firing", OPEN, "S1"));
        Repeats.learn(recogniser, record(message.replaceAll("S[01]", TEN)));
        assertTimes(message.replace("S0", NOON).replace("S1", ELEVEN), ELEVEN);
    }

    @Test
    void anAlertWithoutATimeIsDecodedEachTime() {
        String untimed = alert("a", "firing", OPEN, "S1").replace("\"startsAt\":\"S1\",", "");
        String message = message(untimed, alert("b", "firing", OPEN, TEN));
        Repeats.learn(recogniser, record(message));
        assertThat(recogniser.size()).isZero();
        String arrival = Instant.ofEpochMilli(record("").arrivalMillis()).toString();
        RawRecord coinciding = record(message.replace(TEN, arrival));
        for (int i = 0; i < 3; i++) {
            Repeats.learn(recogniser, coinciding);
            assertThat(Repeats.verify(recogniser, record(message))).isNotEqualTo(Verdict.UNKNOWN);
        }
    }

    @Test
    void whereAnAlertCannotBeTracedTheRecordIsDecodedAndTheDecoderAskedOnce() {
        AtomicInteger asked = new AtomicInteger();
        RepeatRecogniser<DecodeOutcome> mistrusting =
                new RepeatRecogniser<>(
                        Repeats.DECODER.decoders(),
                        r -> {
                            asked.incrementAndGet();
                            return DecodeOutcome.deadLetter("no answer");
                        },
                        10,
                        100_000);
        RawRecord record =
                record(message(alert("a", "firing", OPEN, TEN), alert("b", "firing", OPEN, TEN)));
        for (int i = 0; i < 3; i++) {
            Repeats.learn(mistrusting, record);
            assertThat(mistrusting.recognise(record)).isEqualTo(Verdict.UNSURE);
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void aTimeThatIsNoneIsLeftToTheDecoder() {
        String message = message(alert("a", "firing", "E1", TEN), alert("b", "firing", OPEN, TEN));
        Repeats.learn(recogniser, record(message.replace("E1", OPEN)));
        assertThat(recogniser.recognise(record(message.replace("E1", ""))))
                .isEqualTo(Verdict.UNSURE);
        assertThat(recogniser.recognise(record(message.replace("E1", "soon"))))
                .isEqualTo(Verdict.UNSURE);
    }

    @Test
    void anAlarmInAnEnvelopeHasItsTimeWithinAString() {
        String envelope =
                "{\"Type\":\"Notification\",\"MessageId\":\"ID\",\"TopicArn\":\"arn:x\",\"Message\":\"{\\\"AlarmName\\\""
                    + ":\\\"cpu\\\",\\\"NewStateValue\\\":\\\"ALARM\\\",\\\"NewStateReason\\\":\\\"WHY\\\","
                    + "\\\"StateChangeTime\\\":\\\"T1\\\",\\\"Region\\\":\\\"EU\\\"}\",\"Timestamp\":\"T2\"}";
        Repeats.learn(recogniser, record(envelope.replace("T1", TEN).replace("T2", ELEVEN)));
        String repeat =
                envelope.replace("ID", "another")
                        .replace("WHY", "value [7] \u2265 5")
                        .replace("T1", "2024-05-01T12:00:00.000+0000");
        assertTimes(repeat, NOON);
        String other = repeat.replace("EU", "US");
        assertThat(recogniser.recognise(record(other))).isEqualTo(Verdict.UNKNOWN);
        String escaped = repeat.replace("value [7]", "a \\\\\\\"value\\\\\\\"");
        assertThat(Repeats.decode(record(escaped)).alerts()).hasSize(1);
        assertThat(recogniser.recognise(record(escaped))).isEqualTo(Verdict.UNKNOWN);
    }

    private void assertTimes(String repeat, String... times) {
        assertThat(Repeats.verify(recogniser, record(repeat))).isEqualTo(Verdict.REPEAT);
        for (int i = 0; i < times.length; i++) {
            assertThat(recogniser.eventTimeMillis(i))
                    .isEqualTo(Instant.parse(times[i]).toEpochMilli());
        }
    }

    private static String alert(String name, String status, String end, String start) {
        return "{\"status\":\""
                + status
                + "\",\"labels\":{\"alertname\":\""
                + name
                + "\"},\"annotations\":{\"note\":\"n\"},\"endsAt\":\""
                + end
                + "\",\"startsAt\":\""
                + start
                + "\",\"generatorURL\":\"u\"}";
    }

    private static String message(String... alerts) {
        return "{\"receiver\":\"r\",\"groupKey\":\"g\",\"alerts\":["
                + String.join(",", alerts)
                + "]}";
    }
}
