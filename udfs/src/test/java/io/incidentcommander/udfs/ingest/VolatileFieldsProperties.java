// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.DECODER;
import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** The promise of {@link VolatileFields}, for every format that makes one. */
class VolatileFieldsProperties {
    private static final List<String> PROMISING =
            Samples.all().values().stream()
                    .filter(s -> !volatileOf(s).timePath().isEmpty())
                    .toList();

    @Example
    void theFormatsOfStormsMakeThePromise() {
        assertThat(PROMISING.stream().map(VolatileFieldsProperties::formatOf))
                .contains(
                        AlertFormat.CANONICAL,
                        AlertFormat.CLOUDWATCH_EVENTBRIDGE,
                        AlertFormat.DATADOG,
                        AlertFormat.PAGERDUTY_EVENTS);
    }

    @Property(seed = "20260101", tries = 3000)
    void whatVariesDecidesNothingButTime(
            @ForAll("promising") String sample,
            @ForAll("times") long millis,
            @ForAll @Size(10) List<@net.jqwik.api.From("texts") String> texts,
            @ForAll @Size(10) List<@net.jqwik.api.From("numbers") String> numbers)
            throws Exception {
        JsonNode document = JsonReading.parse(sample);
        VolatileFields fields = volatileOf(sample);
        List<String> paths = new ArrayList<>(fields.paths());
        for (int i = 0; i < paths.size(); i++) {
            replace(document, paths.get(i), texts.get(i % 10), numbers.get(i % 10));
        }
        String iso = java.time.Instant.ofEpochMilli(millis).toString();
        String time = replace(document, fields.timePath(), '"' + iso + '"', Long.toString(millis));

        DecodeOutcome outcome = DECODER.decode(record(document.toString()), PROFILE);
        assertThat(outcome.alerts()).as(outcome.reason() + document).hasSize(1);
        Alert expected = Records.alert(sample);
        Alert actual = outcome.alerts().get(0);
        assertThat(decided(actual)).isEqualTo(decided(expected));
        byte[] scalar = time.replace("\"", "").getBytes(StandardCharsets.UTF_8);
        assertThat(actual.eventTimeMillis()).isEqualTo(Timestamps.parse(scalar, 0, scalar.length));
    }

    @Provide
    Arbitrary<String> promising() {
        return Arbitraries.of(PROMISING);
    }

    @Provide
    Arbitrary<Long> times() {
        return Arbitraries.longs().between(631_152_000_000L, 4_133_980_799_999L);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                "\"\"",
                "\"x\"",
                "\"12\"",
                "\"1e999999\"",
                "\"$DATE\"",
                "\"[7 (x)]\"",
                "\"incident-commander\"",
                "\"critical\"",
                "\"2024-13-01\"",
                "\"\\ud800\"",
                "\"" + "z".repeat(3000) + "\"");
    }

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.of("0", "-7", "1.5", "1e999999", "9007199254740993", "1714557600");
    }

    /** Replaces a scalar by one of its kind; returns what stands there then. */
    private static String replace(JsonNode root, String path, String text, String number) {
        JsonNode at = root;
        String[] keys = path.split("/");
        for (int i = 0; i < keys.length - 1; i++) {
            at = at.path(keys[i]);
        }
        JsonNode old = at.path(keys[keys.length - 1]);
        if (!old.isTextual() && !old.isNumber()) {
            return "";
        }
        String value = old.isTextual() ? text : number;
        ((ObjectNode) at).putRawValue(keys[keys.length - 1], new RawValue(value));
        return value;
    }

    private static List<Object> decided(Alert alert) {
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

    private static AlertFormat formatOf(String sample) {
        return DECODER.decode(record(sample), PROFILE).format().get();
    }

    private static VolatileFields volatileOf(String sample) {
        return DECODER.volatileFields(formatOf(sample));
    }
}
