// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.anomaly.SeriesReading;
import io.incidentcommander.model.detection.anomaly.WatchedSeries;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.udfs.detection.anomaly.SeriesWatch.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class SeriesWatchTest {
    private static final long MINUTE = 60_000;
    private static final int DAY = 1_440;

    private final SeriesWatch watch = new SeriesWatch(new AnomalyPolicy(1, 0.5, 180_000));
    private final Random random = new Random(3);
    private Optional<WatchedSeries> series = Optional.empty();
    private SeriesWatch.Outcome last;
    private long minute = 1_700_000_040_000L;

    @Test
    void aShiftBeginsWithItsSecondReadingAndEndsWithTheThirdAfterIt() {
        assertThat(changes(2 * DAY, this::usual)).isEmpty();

        assertThat(changes(1, () -> usual() + 30)).isEmpty();
        assertThat(changes(19, () -> usual() + 30)).containsExactly(Change.BEGAN);
        assertThat(changes(2, this::usual)).isEmpty();
        assertThat(changes(120, this::usual)).containsExactly(Change.ENDED);
    }

    @Test
    void anAnomalyThatLastsIsNotOverBecauseItBecomesUsual() {
        assertThat(changes(400, this::usual)).isEmpty();

        assertThat(changes(200, () -> usual() + 30)).containsExactly(Change.BEGAN);
        assertThat(changes(30, this::usual)).containsExactly(Change.ENDED);
    }

    @Test
    void aLineThatStoodStillIsBackWhereItWas() {
        assertThat(changes(DAY, () -> 100)).isEmpty();

        assertThat(changes(20, () -> 200)).containsExactly(Change.BEGAN);
        assertThat(changes(5, () -> 100)).containsExactly(Change.ENDED);
    }

    @Test
    void oneWildReadingIsNoAnomaly() {
        changes(2 * DAY, this::usual);

        assertThat(changes(1, () -> usual() + 300)).isEmpty();
        assertThat(changes(120, this::usual)).isEmpty();
    }

    @Test
    void whatStaysWhereItWentIsUsualAfterADay() {
        changes(2 * DAY, this::usual);

        assertThat(changes(DAY, () -> usual() + 30)).containsExactly(Change.BEGAN, Change.ENDED);
    }

    @Test
    void aReadingOfAMinuteThatWasScoredSaysNothing() {
        changes(DAY, this::usual);
        WatchedSeries before = series.orElseThrow();

        SeriesWatch.Outcome again = watch.watch(series, minute - MINUTE, 1_000);

        assertThat(again.change()).isEqualTo(Change.LATE);
        assertThat(again.series()).isEqualTo(before);
    }

    @Test
    void aSeriesThatWasGoneForTwoDaysIsBegunAnew() {
        changes(2 * DAY, this::usual);
        changes(5, () -> usual() + 30);
        assertThat(series.orElseThrow().isAnomalous()).isTrue();
        minute += 48 * 60 * MINUTE - MINUTE;
        assertThat(watch.watch(series, minute, 130).series().isAnomalous()).isTrue();

        minute += MINUTE;

        assertThat(watch.watch(series, minute, 130).series().isAnomalous()).isFalse();
        assertThat(changes(100, () -> usual() + 300)).isEmpty();
    }

    @Test
    void theAlertNamesTheSeriesWhatWasExpectedAndWhatCame() {
        changes(2 * DAY, this::usual);
        changes(2, () -> 130.0);
        assertThat(last.change()).isEqualTo(Change.BEGAN);

        Alert begun = alert(point(130));

        assertThat(begun.id()).hasToString("anomaly:orders.ndjson:7:2");
        assertThat(begun.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(begun.name()).isEqualTo("anomaly of queue.size");
        assertThat(begun.service()).isEqualTo("orders");
        assertThat(begun.host()).isEqualTo("h1");
        assertThat(begun.summary())
                .matches(
                        "queue\\.size of orders is 130 jobs, above the 9\\d.* to 10\\d.* jobs"
                                + " expected \\(score 0\\.\\d\\d, 2 readings in a row\\)");
        assertThat(begun.labels())
                .containsEntry("metric", "queue.size")
                .containsEntry("host", "h1");
        assertThat(begun.annotations().keySet())
                .contains("observed", "expected", "expected_low", "expected_high", "score");
        assertThat(Double.parseDouble(begun.annotations().get("expected_high")))
                .isBetween(101.0, 109.0);

        changes(3, () -> 100.0);
        Alert ended = alert(point(100));
        assertThat(ended.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(ended.fingerprint()).isEqualTo(begun.fingerprint());
        assertThat(ended.summary()).startsWith("queue.size of orders is back at 100 jobs, within ");
    }

    @Test
    void aCounterIsSpokenOfByItsGrowth() {
        double[] count = {0};
        changes(2 * DAY, () -> count[0] += 50 + random.nextInt(10));
        changes(2, () -> count[0] += 500);
        assertThat(last.change()).isEqualTo(Change.BEGAN);

        assertThat(alert(point(count[0])).summary())
                .startsWith("growth of queue.size of orders is 500 jobs, above the ");
    }

    @Test
    void seriesThatDifferInAnythingButTimeAndValueAreNotTheSame() {
        List<MetricPoint> all =
                List.of(
                        point("a", "s", "m", "u", Map.of("host", "h")),
                        point("b", "s", "m", "u", Map.of("host", "h")),
                        point("a", "t", "m", "u", Map.of("host", "h")),
                        point("a", "s", "n", "u", Map.of("host", "h")),
                        point("a", "s", "m", "v", Map.of("host", "h")),
                        point("a", "s", "m", "u", Map.of("host", "i")),
                        point("a", "s", "m", "u", Map.of()));
        assertThat(all.stream().map(AnomalyAlerts::fingerprint).distinct()).hasSize(all.size());
    }

    private double usual() {
        return 100 + random.nextGaussian();
    }

    private List<Change> changes(int minutes, DoubleSupplier values) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < minutes; i++) {
            last = watch.watch(series, minute, values.getAsDouble());
            series = Optional.of(last.series());
            minute += MINUTE;
            if (last.change() != Change.NONE) {
                changes.add(last.change());
            }
        }
        return changes;
    }

    private Alert alert(MetricPoint point) {
        return AnomalyAlerts.of(
                point, SeriesReading.of(point), last.reading(), last.change(), minute);
    }

    private MetricPoint point(double value) {
        AlertId id = new AlertId("orders.ndjson", "orders.ndjson", 7, 2);
        return new MetricPoint(
                id, "t", "orders", "queue.size", minute, value, "jobs", Map.of("host", "h1"));
    }

    private static MetricPoint point(
            String tenant, String service, String metric, String unit, Map<String, String> by) {
        AlertId id = new AlertId("s", "p", 1, 0);
        return new MetricPoint(id, tenant, service, metric, 0, 1, unit, by);
    }
}
