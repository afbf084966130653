// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;

/** Raw records from text, and what the default decoder makes of them. */
final class Records {
    static final SourceProfile PROFILE = SourceProfile.detecting("test");
    static final RecordDecoder DECODER = new RecordDecoder();

    private Records() {}

    static RawRecord record(String text) {
        return record(text.getBytes(StandardCharsets.UTF_8));
    }

    static RawRecord record(byte[] bytes) {
        return RawRecord.of("test", "p", 7, RawRecord.NO_ARRIVAL, bytes);
    }

    static DecodeOutcome decode(String text) {
        return DECODER.decode(record(text), PROFILE);
    }

    /** The only alert of the text. */
    static Alert alert(String text) {
        DecodeOutcome outcome = decode(text);
        assertThat(outcome.outcome()).as(outcome.reason()).isEqualTo(RecordOutcome.ALERT_BEARING);
        assertThat(outcome.alerts()).hasSize(1);
        return outcome.alerts().get(0);
    }
}
