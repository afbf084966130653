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
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

class LifecycleUnderControlFunctionTest {
    private static final long T0 = 1_714_953_600_000L; // 2024-05-06T00:00Z, at night
    private static final long MINUTE = 60_000;
    private static final TierCost PRICES =
            new TierCost(
                    Map.of(
                            ServiceTier.CRITICAL, new BigDecimal("10000"),
                            ServiceTier.IMPORTANT, new BigDecimal("1000"),
                            ServiceTier.SUPPORTING, new BigDecimal("100")));
    private static final ControlSettings FILES =
            new ControlSettings(
                    List.of(
                            new ControlFile(
                                    "own.yaml",
                                    "tenant: acme\nservices: {web: {tier: IMPORTANT}}")),
                    10);

    @Test
    void aCatalogueOfTheTenantPricesFromTheStart() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.open("acme");
            harness.open("other");
            harness.ended("acme", 10);
            harness.ended("other", 10);

            assertThat(harness.lastCost("acme")).isEqualTo("10000.00");
            assertThat(harness.lastCost("other")).isEqualTo("1000.00");
        }
    }

    @Test
    void aChangePricesFromItsTimeOnWhenNothingIsSaidOfTheIncidentBetween() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.open("acme");
            harness.update(1, 6, "CRITICAL");
            harness.ended("acme", 10);

            assertThat(harness.lastCost("acme"))
                    .as("6 minutes at 1,000, 4 at 10,000")
                    .isEqualTo("46000.00");
        }
    }

    @Test
    void aReplayFromACheckpointPricesTheSameWhateverIsHeardFirst() throws Exception {
        OperatorSubtaskState before;
        try (Harness harness = new Harness(Optional.empty())) {
            harness.open("acme");
            harness.update(1, 2, "SUPPORTING");
            before = harness.snapshot();
            harness.time(5);
            harness.update(2, 6, "CRITICAL");
            harness.ended("acme", 10);
            assertThat(harness.lastCost("acme")).isEqualTo("42400.00");
        }
        try (Harness replay = new Harness(Optional.of(before))) {
            replay.update(2, 6, "CRITICAL");
            replay.time(5);
            replay.ended("acme", 10);
            assertThat(replay.lastCost("acme")).isEqualTo("42400.00");
        }
    }

    @Test
    void whatIsResolvedKeepsItsPriceAndNothingIsLeftOfIt() throws Exception {
        try (Harness harness = new Harness(Optional.empty())) {
            harness.open("acme");
            harness.ended("acme", 10);
            harness.update(1, 11, "CRITICAL");
            harness.time(12);

            assertThat(harness.lastCost("acme")).isEqualTo("10000.00");
            harness.time(3 * 24 * 60);
            assertThat(harness.isEmpty()).isTrue();
        }
    }

    /** Minutes are after the first alert. */
    private static final class Harness implements AutoCloseable {
        private final KeyedTwoInputStreamOperatorTestHarness<
                        String, Either<LifecycleFact, Decision>, ControlUpdate, IncidentEvent>
                harness;

        Harness(Optional<OperatorSubtaskState> state) throws Exception {
            harness =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(
                                    new LifecycleUnderControlFunction(
                                            LifecyclePolicy.defaults(),
                                            PRICES,
                                            FILES,
                                            RunbookCatalogueReader.read(
                                                    "{}", new Problems("test")))),
                            LifecycleUnderControlFunction::key,
                            update -> "",
                            Types.STRING);
            if (state.isPresent()) {
                harness.initializeState(state.get());
            }
            harness.open();
            harness.processWatermark2(Watermark.MAX_WATERMARK);
            time(0);
        }

        void open(String tenant) throws Exception {
            Incident incident =
                    Incident.builder()
                            .incidentId("i")
                            .tenant(tenant)
                            .severity(Severity.HIGH)
                            .services(List.of("web"))
                            .openedAtMillis(T0)
                            .updatedAtMillis(T0)
                            .alertCount(1)
                            .title("web is down")
                            .build();
            say(LifecycleFact.seen(LifecycleSignal.OPENED, incident, T0, "correlated"));
        }

        void ended(String tenant, long minute) throws Exception {
            say(
                    LifecycleFact.of(
                            tenant,
                            "i",
                            LifecycleSignal.MENDED_BY_HUMAN,
                            T0 + minute * MINUTE,
                            LifecycleFact.ANY_ATTEMPT,
                            "ann",
                            ""));
        }

        void update(long sequence, long minute, String tier) throws Exception {
            harness.processElement2(
                    ControlUpdate.set(
                            ControlKind.DOCUMENT,
                            "acme",
                            "own.yaml",
                            sequence,
                            T0 + minute * MINUTE,
                            "ann",
                            "tenant: acme\nservices: {web: {tier: " + tier + "}}"),
                    0);
        }

        String lastCost(String tenant) {
            return harness.extractOutputValues().stream()
                    .filter(event -> event.tenant().equals(tenant))
                    .reduce((first, second) -> second)
                    .orElseThrow()
                    .incident()
                    .costUsd()
                    .toPlainString();
        }

        void time(long minute) throws Exception {
            harness.processWatermark1(new Watermark(T0 + minute * MINUTE));
        }

        OperatorSubtaskState snapshot() throws Exception {
            return harness.snapshot(1, 1);
        }

        boolean isEmpty() {
            return harness.numKeyedStateEntries() == 0 && harness.numEventTimeTimers() == 0;
        }

        private void say(LifecycleFact fact) throws Exception {
            harness.processElement1(Either.Left(fact), fact.timeMillis());
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
