// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordDecoderTest {
    private static final String FILE = "alerts.csv";
    private static final String YAML =
            """
            time: {column: time, unit: s}
            name: name
            service: {value: mail}
            host: host
            type: short
            severity: {column: sev, map: {"5": CRITICAL, "3": HIGH}, default: MEDIUM}
            status: {column: state, map: {ok: RESOLVED}, default: FIRING}
            value: v
            labels: [ip, short]
            fingerprint: [short, host]
            """;
    private static final List<String> HEADER =
            List.of("time", "name", "ip", "host", "short", "sev", "state", "v");

    private final CsvRecordDecoder decoder =
            new CsvRecordDecoder(CsvMapping.parse(YAML, "m.yaml"), Map.of(FILE, HEADER));

    @Test
    void aRowBecomesAnAlert() {
        Alert alert = alert("1642723344.5,\"Login, failed\",10.0.0.1,mx1,Auth,5,ok,1.5");
        assertThat(alert.format()).isEqualTo(AlertFormat.CSV);
        assertThat(alert.name()).isEqualTo("Login, failed");
        assertThat(alert.service()).isEqualTo("mail");
        assertThat(alert.host()).isEqualTo("mx1");
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(alert.eventTimeMillis()).isEqualTo(1642723344500L);
        assertThat(alert.value()).hasValue(1.5);
        assertThat(alert.labels())
                .containsExactly(
                        entry("ip", "10.0.0.1"), entry("short", "Auth"), entry("type", "Auth"));
    }

    @Test
    void theFingerprintIsOfTheNamedColumnsOnly() {
        Alert one = alert("1642723344,a,10.0.0.1,mx1,Auth,5,ok,1");
        Alert other = alert("1642723399,b,10.0.0.2,mx1,Auth,3,bad,2");
        Alert elsewhere = alert("1642723344,a,10.0.0.1,mx2,Auth,5,ok,1");
        assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(elsewhere.fingerprint()).isNotEqualTo(one.fingerprint());
        assertThat(other.status()).isEqualTo(AlertStatus.FIRING);
    }

    @Test
    void quotedLineBreaksBelongToTheCell() {
        assertThat(alert("1642723344,\"two\nlines\",i,h,s,5,ok,1").name()).isEqualTo("two\nlines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1642723344",
                "1642723344,a,i,h,s,5,ok,1,more",
                "noon,a,i,h,s,5,ok,1",
                "1e999999,a,i,h,s,5,ok,1",
                "1642723344000,a,i,h,s,5,ok,1",
                "1642723344,,i,h,s,5,ok,1",
                "1642723344,a,i,h,s,5,ok,much",
                "1642723344,a,i,h,s,5,ok,1e999",
                "1642723344,\"a,i,h,s,5,ok,1",
                "1642723344,a,i,h,s,5,ok,1\n1642723344,a,i,h,s,5,ok,1",
            })
    void aRowThatDoesNotFitIsADeadLetter(String row) {
        DecodeOutcome outcome = decode(row, FILE);
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(outcome.reason()).isNotBlank().doesNotContain("\n").doesNotContain("Defect");
    }

    @Test
    void aRowOfAnUnknownFileIsADeadLetter() {
        assertThat(decode("1642723344,a,i,h,s,5,ok,1", "other.csv").reason()).contains("header");
    }

    @Test
    void anAbsentColumnIsAnErrorBeforeAnythingRuns() {
        CsvMapping mapping = CsvMapping.parse(YAML, "m.yaml");
        assertThatThrownBy(
                        () ->
                                new CsvRecordDecoder(
                                        mapping, Map.of("f.csv", List.of("time", "name"))))
                .isInstanceOf(CsvMappingException.class)
                .hasMessage("f.csv has no column v; its columns are [time, name]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour: red",
                "severity: {column: sev, mop: {}}",
                "severity: {column: sev, map: {a: AWFUL}}",
                "labels: ip",
                "host: {column: h}",
                "time: {column: time, unit: h}",
                "time: time",
                ": : :",
            })
    void anIllFormedMappingIsAnErrorThatNamesTheFile(String line) {
        String key = line.substring(0, line.indexOf(':'));
        String yaml =
                YAML.lines()
                                .filter(l -> !l.startsWith(key + ":"))
                                .reduce("", (a, b) -> a + b + "\n")
                        + line;
        assertThatThrownBy(() -> CsvMapping.parse(yaml, "m.yaml"))
                .isInstanceOf(CsvMappingException.class)
                .hasMessageStartingWith("m.yaml: ");
    }

    @Test
    void aHeaderMayHaveAByteOrderMarkAndQuotes() {
        assertThat(CsvRecordDecoder.header("\uFEFFtime,\"na,me\"", FILE))
                .containsExactly("time", "na,me");
    }

    private Alert alert(String row) {
        DecodeOutcome outcome = decode(row, FILE);
        assertThat(outcome.outcome()).as(outcome.reason()).isEqualTo(RecordOutcome.ALERT_BEARING);
        return outcome.alerts().get(0);
    }

    private DecodeOutcome decode(String row, String partition) {
        return decoder.decode(
                RawRecord.of("s", partition, 1, 0, row.getBytes(StandardCharsets.UTF_8)),
                SourceProfile.detecting("s"));
    }
}
