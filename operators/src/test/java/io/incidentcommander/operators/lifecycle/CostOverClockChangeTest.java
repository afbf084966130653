// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The zone of the service comes by the control stream; clocks change in the night to Sunday. */
class CostOverClockChangeTest {
    private static final TierCost PRICES =
            new TierCost(
                    Map.of(
                            ServiceTier.CRITICAL, new BigDecimal("10000"),
                            ServiceTier.IMPORTANT, new BigDecimal("1000"),
                            ServiceTier.SUPPORTING, new BigDecimal("100")));

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        // ten minutes before nine and ten after, by the wall clock before and after the change
        "2024-03-29T08:50+01:00, 2024-03-29T09:10+01:00, 30000.00",
        "2024-04-01T08:50+02:00, 2024-04-01T09:10+02:00, 30000.00",
        "2024-10-25T08:50+02:00, 2024-10-25T09:10+02:00, 30000.00",
        "2024-10-28T08:50+01:00, 2024-10-28T09:10+01:00, 30000.00",
        // an hour is left out, and comes twice: an hour each, of a Sunday
        "2024-03-31T01:30+01:00, 2024-03-31T03:30+02:00, 60000.00",
        "2024-10-27T02:30+02:00, 2024-10-27T02:30+01:00, 60000.00"
    })
    void businessHoursAreThoseOfTheServicesWallClock(String opened, String mended, String cost)
            throws Exception {
        long from = millis(opened);
        long until = millis(mended);
        try (KeyedTwoInputStreamOperatorTestHarness<
                        String, Either<LifecycleFact, Decision>, ControlUpdate, IncidentEvent>
                harness = harness()) {
            harness.processElement2(
                    ControlUpdate.set(
                            ControlKind.DOCUMENT,
                            "acme",
                            "own.yaml",
                            1,
                            0,
                            "ann",
                            "tenant: acme\n"
                                    + "services:\n"
                                    + "  web: {tier: IMPORTANT, time_zone: Europe/Berlin}\n"),
                    0);
            harness.processWatermark1(new Watermark(from));
            harness.processElement1(Either.Left(opened(from)), from);
            harness.processElement1(Either.Left(mended(until)), until);
            harness.processWatermark1(new Watermark(until));

            List<IncidentEvent> events = harness.extractOutputValues();
            Incident last = events.get(events.size() - 1).incident();
            assertThat(last.costUsd().toPlainString()).isEqualTo(cost);
        }
    }

    private static LifecycleFact opened(long time) {
        Incident incident =
                Incident.builder()
                        .incidentId("i")
                        .tenant("acme")
                        .severity(Severity.HIGH)
                        .services(List.of("web"))
                        .openedAtMillis(time)
                        .updatedAtMillis(time)
                        .alertCount(1)
                        .title("web is down")
                        .build();
        return LifecycleFact.seen(LifecycleSignal.OPENED, incident, time, "correlated");
    }

    private static LifecycleFact mended(long time) {
        return LifecycleFact.of(
                "acme",
                "i",
                LifecycleSignal.MENDED_BY_HUMAN,
                time,
                LifecycleFact.ANY_ATTEMPT,
                "ann",
                "");
    }

    private static long millis(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Either<LifecycleFact, Decision>, ControlUpdate, IncidentEvent>
            harness() throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String, Either<LifecycleFact, Decision>, ControlUpdate, IncidentEvent>(
                        new KeyedCoProcessOperator<>(
                                new LifecycleUnderControlFunction(
                                        LifecyclePolicy.defaults(),
                                        PRICES,
                                        ControlSettings.none(),
                                        RunbookCatalogueReader.read("{}", new Problems("test")))),
                        LifecycleUnderControlFunction::key,
                        update -> "",
                        Types.STRING);
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        return harness;
    }
}
