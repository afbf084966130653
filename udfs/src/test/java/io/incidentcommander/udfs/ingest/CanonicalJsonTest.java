// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.alert;
import static io.incidentcommander.udfs.ingest.Records.decode;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.DeadLetter;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    @Test
    void anAlertIsOneLineWithItsFieldsInOrder() {
        assertThat(CanonicalJson.write(alert(Samples.CANONICAL)))
                .isEqualTo(
                        "{\"alert_id\":\"test:p:7:0\",\"tenant\":\"default\",\"format\":"
                                + "\"canonical\",\"fingerprint\":\""
                                + alert(Samples.CANONICAL).fingerprint()
                                + "\",\"name\":\"HighLatency\",\"service\":\"checkout\",\"host\":"
                                + "\"web-1\",\"severity\":\"high\",\"status\":\"firing\",\"time\":"
                                + "\"2024-05-01T10:00:00.123Z\",\"summary\":\"p99 over 2 s\","
                                + "\"value\":2.5,\"labels\":{\"team\":\"shop\",\"zone\":\"a\"},"
                                + "\"annotations\":{\"runbook\":\"r1\"}}");
    }

    @Test
    void whatIsWrittenReadsBackTheSameWithTheOriginalTimeKept() {
        for (String sample : Samples.all().values()) {
            for (Alert alert : decode(sample).alerts()) {
                Alert corrected =
                        alert.toBuilder().eventTimeMillis(alert.eventTimeMillis() + 250).build();
                assertThat(
                                alert(CanonicalJson.write(corrected)).toBuilder()
                                        .id(corrected.id())
                                        .build())
                        .isEqualTo(corrected);
            }
        }
    }

    @Test
    void anAlertOfUnknownTimeStaysOne() {
        Alert alert = alert("{\"event_action\":\"resolve\",\"dedup_key\":\"k\"}");
        assertThat(CanonicalJson.write(alert)).doesNotContain("\"time\"");
        assertThat(alert(CanonicalJson.write(alert))).isEqualTo(alert);
    }

    @Test
    void aDeadLetterCarriesItsBytes() {
        assertThat(CanonicalJson.write(DeadLetter.of(record("{\n"), "Why")))
                .isEqualTo(
                        "{\"source\":\"test\",\"partition\":\"p\",\"offset\":7,\"reason\":\"Why\","
                                + "\"size\":2,\"head_base64\":\"ewo=\"}");
    }
}
