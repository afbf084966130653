// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.DECODER;
import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
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
    private static final long EARLIEST = 631_152_000_000L;
    private static final long LATEST = 4_133_980_000_000L;
    private static final List<String> PROMISING =
            Samples.all().values().stream()
                    .filter(s -> !volatileOf(s).timePaths().isEmpty())
                    .toList();

    @Example
    void theFormatsOfStormsMakeThePromise() {
        assertThat(PROMISING.stream().map(VolatileFieldsProperties::formatOf))
                .contains(
                        AlertFormat.CANONICAL,
                        AlertFormat.CLOUDWATCH_EVENTBRIDGE,
                        AlertFormat.CLOUDWATCH_SNS,
                        AlertFormat.ALERTMANAGER,
                        AlertFormat.GRAFANA,
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
        List<Alert> expected = DECODER.decode(record(sample), PROFILE).alerts();
        List<Long> first = varied(sample, millis, texts, numbers, expected);
        List<Long> second = varied(sample, LATEST - millis + EARLIEST, numbers, texts, expected);
        assertThat(second).as("origins of the times").isEqualTo(first);
    }

    /** Varies all there is, and tells from which of the times each alert has its own. */
    private static List<Long> varied(
            String sample,
            long millis,
            List<String> some,
            List<String> others,
            List<Alert> expected)
            throws Exception {
        List<String> values = new ArrayList<>(some);
        values.addAll(others);
        VolatileFields fields = volatileOf(sample);
        Variation variation = new Variation(JsonReading.parse(sample));
        for (int i = 0; i < fields.paths().size(); i++) {
            int at = i;
            variation.replace(fields.paths().get(i), old -> another(values, at, old));
        }
        List<Long> times = new ArrayList<>();
        for (String path : fields.timePaths()) {
            variation.replace(path, old -> anotherTime(old, millis, times));
        }
        String text = variation.document().toString();
        DecodeOutcome outcome = DECODER.decode(record(text), PROFILE);
        List<Alert> alerts = outcome.alerts();
        assertThat(alerts.stream().map(VolatileFieldsProperties::decided))
                .as(outcome.reason() + text)
                .isEqualTo(expected.stream().map(VolatileFieldsProperties::decided).toList());
        List<Long> origins =
                alerts.stream().map(a -> (long) times.indexOf(a.eventTimeMillis())).toList();
        assertThat(origins).as(text).allMatch(origin -> origin >= 0);
        return origins;
    }

    private static String another(List<String> values, int from, JsonNode old) {
        for (int i = from; ; i++) {
            String value = values.get(i % values.size());
            if (value.startsWith("\"") == old.isTextual()) {
                return value;
            }
        }
    }

    private static String anotherTime(JsonNode old, long millis, List<Long> times) {
        if (Timestamps.isOpenEnd(Fields.time(old))) {
            return old.toString();
        }
        long time = millis + 1000L * times.size();
        times.add(time);
        return old.isTextual()
                ? '"' + java.time.Instant.ofEpochMilli(time).toString() + '"'
                : Long.toString(time);
    }

    @Provide
    Arbitrary<String> promising() {
        return Arbitraries.of(PROMISING);
    }

    @Provide
    Arbitrary<Long> times() {
        return Arbitraries.longs().between(EARLIEST, LATEST);
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
