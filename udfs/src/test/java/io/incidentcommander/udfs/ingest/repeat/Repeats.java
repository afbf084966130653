// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records, their full decode, and what a claim of repetition must withstand. */
final class Repeats {
    static final RecordDecoder DECODER = new RecordDecoder();
    static final String SOURCE = "test";

    private static final SourceProfile PROFILE = SourceProfile.detecting(SOURCE);
    private static final long ARRIVAL = 1_600_000_000_123L;

    private Repeats() {}

    static RepeatRecogniser<DecodeOutcome> recogniser() {
        return new RepeatRecogniser<>(DECODER.decoders(), Repeats::decode, 100, 1_000_000);
    }

    /** Whose digests are all the same. */
    static RepeatRecogniser<DecodeOutcome> colliding() {
        return new RepeatRecogniser<>(
                DECODER.decoders(), Repeats::decode, new RepeatCache<>(100, 1_000_000), 0);
    }

    static RawRecord record(String text) {
        return record(text.getBytes(StandardCharsets.UTF_8));
    }

    static RawRecord record(byte[] bytes) {
        return RawRecord.of(SOURCE, "p", 7, ARRIVAL, bytes);
    }

    static DecodeOutcome decode(RawRecord record) {
        return DECODER.decode(record, PROFILE);
    }

    static void learn(RepeatRecogniser<DecodeOutcome> recogniser, RawRecord record) {
        DecodeOutcome outcome = decode(record);
        recogniser.learn(record, outcome, outcome);
    }

    /** If the record is called a repeat, decoding it in full must bear that out. */
    static Verdict verify(RepeatRecogniser<DecodeOutcome> recogniser, RawRecord record) {
        Verdict verdict = recogniser.recognise(record);
        if (verdict != Verdict.REPEAT) {
            return verdict;
        }
        DecodeOutcome full = decode(record);
        assertThat(full.outcome()).as(full.reason()).isEqualTo(RecordOutcome.ALERT_BEARING);
        assertThat(full.format()).isEqualTo(recogniser.value().format());
        assertThat(full.rejectedParts()).isEmpty();
        assertSameAlerts(recogniser, recogniser.value().alerts(), full.alerts());
        return verdict;
    }

    private static void assertSameAlerts(
            RepeatRecogniser<DecodeOutcome> recogniser, List<Alert> learnt, List<Alert> full) {
        assertThat(full).hasSameSizeAs(learnt);
        for (int i = 0; i < full.size(); i++) {
            assertThat(lasting(full.get(i))).isEqualTo(lasting(learnt.get(i)));
            long claimed =
                    recogniser.hasOwnTimes()
                            ? recogniser.eventTimeMillis(i)
                            : learnt.get(i).eventTimeMillis();
            assertThat(full.get(i).eventTimeMillis()).isEqualTo(claimed);
        }
    }

    /** All that the promise of volatile fields does not except. */
    private static List<Object> lasting(Alert alert) {
        return List.of(
                alert.tenant(),
                alert.format(),
                alert.fingerprint(),
                alert.name(),
                alert.service(),
                alert.host(),
                alert.severity(),
                alert.status(),
                alert.labels());
    }
}
