// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes of a row: one outcome, no exception, no defect of ours. */
class CsvDecodingProperties {
    private static final String ROW = "1700000000,DiskFull,db-1,5,ok,12.5,\"a, \"\"b\"\"\"";
    private static final CsvRecordDecoder DECODER =
            new CsvRecordDecoder(
                    CsvMapping.parse(
                            "time: {column: t, unit: s}\nname: name\nservice: host\nhost: host\n"
                                    + "severity: {column: sev, map: {\"5\": CRITICAL}, default:"
                                    + " MEDIUM}\n"
                                    + "status: {column: state, map: {ok: RESOLVED}, default:"
                                    + " FIRING}\n"
                                    + "value: v\nlabels: [host, note]\nfingerprint: [name, host]\n",
                            "mapping.yaml"),
                    Map.of("p", List.of("t", "name", "host", "sev", "state", "v", "note")));

    @Property(seed = "20260101", tries = 3000)
    void flippedBytes(@ForAll Random random) {
        byte[] bytes = ROW.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        assertOneOutcome(bytes);
    }

    @Property(seed = "20260101", tries = 2000)
    void splicedPieces(@ForAll("hostile") String piece, @ForAll Random random) {
        int at = random.nextInt(ROW.length());
        int drop = random.nextInt(Math.min(12, ROW.length() - at));
        String row = ROW.substring(0, at) + piece + ROW.substring(at + drop);
        assertOneOutcome(row.getBytes(StandardCharsets.UTF_8));
    }

    @Property(seed = "20260101", tries = 500)
    void noise(@ForAll byte[] bytes) {
        assertOneOutcome(bytes);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                "\"",
                "\"\"",
                ",".repeat(5_000),
                "\"".repeat(5_001),
                "9".repeat(10_000),
                "1e999999999",
                "-1e-999999999",
                "0." + "1".repeat(10_000),
                "NaN",
                "Infinity",
                "0x1p3",
                "99999999999999999999",
                "-1",
                "\n",
                "\r",
                "\u0000",
                "\ufeff",
                "\ud83d",
                "y".repeat(250_000));
    }

    private static void assertOneOutcome(byte[] bytes) {
        DecodeOutcome outcome = DECODER.decode(record(bytes), Records.PROFILE);
        assertThat(outcome.reason()).doesNotContain("Defect").doesNotContain("\n");
        if (outcome.outcome() == RecordOutcome.DEAD_LETTER) {
            assertThat(outcome.reason()).isNotEmpty();
            return;
        }
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.ALERT_BEARING);
        assertThat(outcome.alerts()).hasSize(1);
        Alert alert = outcome.alerts().get(0);
        assertThat(alert.name()).isNotEmpty();
        assertThat(Double.isFinite(alert.value().orElse(0))).isTrue();
        assertThat(Timestamps.ofEpoch(alert.eventTimeMillis())).isEqualTo(alert.eventTimeMillis());
        alert.labels().values().forEach(v -> assertThat(v).hasSizeLessThanOrEqualTo(1024));
        assertThat(CanonicalJson.write(alert)).isNotBlank();
    }
}
