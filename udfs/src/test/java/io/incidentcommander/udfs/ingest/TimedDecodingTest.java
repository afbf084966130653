// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.DECODER;
import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TimedDecodingTest {
    private static final String ACKNOWLEDGEMENT =
            "{\"routing_key\":\"r\",\"dedup_key\":\"d\",\"event_action\":\"acknowledge\"}";
    private static final String TIMED =
            "{\"name\":\"HighCpu\",\"service\":\"checkout\",\"severity\":\"high\","
                    + "\"time\":\"2024-05-01T10:00:00Z\"}";

    private final TimedDecoding decoding = new TimedDecoding(DECODER);

    @Test
    void anAlertWithoutAnyTimeIsADeadLetter() {
        DecodeOutcome outcome = decoding.decode(record(ACKNOWLEDGEMENT), PROFILE);
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(outcome.reason())
                .isEqualTo("The record states no time, and no arrival is recorded");
    }

    @Test
    void aRecordedArrivalIsATime() {
        byte[] bytes = ACKNOWLEDGEMENT.getBytes(StandardCharsets.UTF_8);
        RawRecord arrived = RawRecord.of("test", "p", 7, 1_700_000_000_000L, bytes);
        assertThat(decoding.decode(arrived, PROFILE).outcome())
                .isEqualTo(RecordOutcome.ALERT_BEARING);
    }

    @Test
    void inABatchTheAlertsWithATimeStay() {
        DecodeOutcome outcome =
                decoding.decode(record("[" + ACKNOWLEDGEMENT + "," + TIMED + ",7]"), PROFILE);
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.ALERT_BEARING);
        assertThat(outcome.alerts()).hasSize(1);
        assertThat(outcome.alerts().get(0).id().index()).isEqualTo(1);
        assertThat(outcome.rejectedParts()).hasSize(2);
        assertThat(outcome.rejectedParts().get(0)).isEqualTo("Alert 0 " + TimedDecoding.NO_TIME);
    }

    @Test
    void whatBearsNoAlertsIsLeftAlone() {
        assertThat(decoding.decode(record("nonsense"), PROFILE).reason())
                .isEqualTo(DECODER.decode(record("nonsense"), PROFILE).reason());
    }

    @Test
    void whatATransportCouldNotReadIsADeadLetterWithItsReason() {
        RawRecord unreadable = RawRecord.unreadable("test", "p", 7, "gzip ends early");
        DecodeOutcome outcome = DECODER.decode(unreadable, PROFILE);
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(outcome.reason()).isEqualTo("gzip ends early");
    }
}
