// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.lifecycle.IncidentId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentEventTest {
    private final IncidentEvent event = AuditSamples.event();

    /** The encoding as docs/event-store.md gives it, written by other means. */
    @Test
    void theCanonicalEncodingIsTheDocumentedOne() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        text("incident-event", out);
        out.writeByte(1);
        text("00112233445566778899aabbccddeeff", out);
        text("acme", out);
        out.writeLong(1);
        text("database_failure", out);
        text("HIGH", out);
        text("diagnosing", out);
        out.writeInt(2);
        text("db", out);
        text("orders", out);
        out.writeLong(1_700_000_000_000L);
        out.writeLong(1_700_000_060_000L);
        out.writeLong(-1);
        out.writeLong(42);
        out.writeLong(7);
        out.writeDouble(0.75);
        text("2000.50", out);
        text("orders fails: db refuses connections", out);
        text("", out);
        text("opened", out);
        out.writeLong(1_700_000_060_000L);
        text("lifecycle", out);
        text("first alert", out);
        out.writeInt(1);
        text("cloudwatch", out);
        text("shard-0", out);
        out.writeLong(17);
        out.writeInt(0);
        out.write(new byte[32]);

        assertThat(event.canonical()).isEqualTo(bytes.toByteArray());
        assertThat(event.hash()).isEqualTo(sha256(bytes.toByteArray()));
    }

    @Test
    void theEventIdComesFromIncidentAndSequenceAlone() throws Exception {
        assertThat(event.eventId())
                .isEqualTo(sha256("00112233445566778899aabbccddeeff|1".getBytes(UTF_8)));
    }

    @Test
    void theIncidentIdComesFromTenantFingerprintAndTime() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        text("acme", out);
        out.writeInt(16);
        out.writeLong(1);
        out.writeLong(2);
        out.writeInt(8);
        out.writeLong(1_700_000_000_000L);

        assertThat(IncidentId.of("acme", new Fingerprint(1, 2), 1_700_000_000_000L))
                .isEqualTo(sha256(bytes.toByteArray()).substring(0, 32));
    }

    @Test
    void keepsFiftyAlertIdsAtMost() {
        List<AlertId> alerts = Collections.nCopies(51, event.causingAlerts().get(0));

        assertThatThrownBy(
                        () ->
                                IncidentEvent.of(
                                        event.incident(),
                                        event.kind(),
                                        0,
                                        "lifecycle",
                                        "",
                                        alerts,
                                        ChainHead.GENESIS_HASH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50");
    }

    @Test
    void theJsonCarriesIdAndHash() {
        assertThat(new String(AuditJson.of(event), UTF_8))
                .contains("\"event_id\":\"" + event.eventId() + "\"")
                .contains("\"hash\":\"" + event.hash() + "\"")
                .contains("\"opened_at\":\"2023-11-14T22:13:20Z\"")
                .contains("\"cost_usd\":2000.50")
                .contains("\"alert_ids\":[\"cloudwatch:shard-0:17:0\"]")
                .doesNotContain("closed_at");
    }

    private static void text(String value, DataOutputStream out) throws IOException {
        byte[] bytes = value.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String sha256(byte[] content) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        return String.format("%064x", new BigInteger(1, hash));
    }
}
