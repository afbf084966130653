// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is generated, read by the real decoders. */
class StormDecodingTest {
    private static final long EPOCH = 1_767_225_600_000L;
    private static final int RECORDS = 6_000;

    private final RecordDecoder decoder = new RecordDecoder();
    private final SourceProfile profile = SourceProfile.detecting("generator");

    @Test
    void everyRecordIsReadAsWhatItWasMeantToBe() {
        StormGenerator generator = noisy().open(0, 1);
        for (int n = 0; n < RECORDS; n++) {
            RecordTruth truth = generator.truth(n, EPOCH + n);
            byte[] bytes = generator.render(n, EPOCH + n);
            DecodeOutcome outcome = decode(n, bytes);
            assertThat(outcome.outcome())
                    .as(() -> truth.format() + " " + outcome.reason() + " " + text(bytes))
                    .isEqualTo(truth.format().outcome());
            assertThat(outcome.alerts()).hasSize(truth.alertIdentities().size());
            for (Alert alert : outcome.alerts()) {
                assertThat(alert.name()).as(truth.format().name()).contains(truth.name());
                assertThat(alert.service()).as(truth.format().name()).isEqualTo(truth.service());
                assertThat(alert.status()).as(() -> text(bytes)).isEqualTo(truth.status());
                assertThat(alert.eventTimeMillis()).as(() -> text(bytes)).isEqualTo(EPOCH + n);
            }
        }
    }

    @Test
    void severityIsReadAsMeant() {
        StormGenerator generator = noisy().open(0, 1);
        for (int n = 0; n < RECORDS; n++) {
            RecordTruth truth = generator.truth(n, EPOCH + n);
            byte[] bytes = generator.render(n, EPOCH + n);
            boolean told = truth.format() != RecordFormat.PAGERDUTY_EVENTS;
            for (Alert alert : decode(n, bytes).alerts()) {
                if (told) {
                    assertThat(alert.severity()).as(() -> text(bytes)).isEqualTo(truth.severity());
                }
            }
        }
    }

    @Test
    void fingerprintsAreAsManyAsMeantAndTheSameForTheSame() {
        StormGenerator generator = noisy().toBuilder().duplicateRatio(0.5).build().open(0, 1);
        Map<Long, Fingerprint> byIdentity = new HashMap<>();
        Set<Fingerprint> distinct = new HashSet<>();
        for (int n = 0; n < RECORDS; n++) {
            RecordTruth truth = generator.truth(n, EPOCH + n);
            DecodeOutcome outcome = decode(n, generator.render(n, EPOCH + n));
            for (int j = 0; j < outcome.alerts().size(); j++) {
                Fingerprint read = outcome.alerts().get(j).fingerprint();
                Fingerprint before = byIdentity.putIfAbsent(truth.alertIdentities().get(j), read);
                assertThat(before == null ? read : before)
                        .as(truth.format().name())
                        .isEqualTo(read);
                distinct.add(read);
            }
        }
        assertThat(distinct).hasSameSizeAs(byIdentity.keySet());
    }

    private static StormSpec noisy() {
        return StormSpec.builder().mix(FormatMix.realistic().withJunk(0.02)).build();
    }

    private DecodeOutcome decode(long n, byte[] bytes) {
        return decoder.decode(
                RawRecord.of("generator", "generator-0", n, EPOCH + n, bytes), profile);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
