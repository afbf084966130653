// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.Ballots;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Whoever asks and whoever answers go on after a restore, and with another parallelism. */
class AgentsRescaleTest {
    private static final int MAX_PARALLELISM = 128;
    private static final int PARTS = 3;
    private static final int MANY = 12;
    private static final long DAY = 24L * 3_600_000;
    private static final RunbookCatalogue CATALOGUE =
            RunbookCatalogueReader.read(
                    "failover: {version: '1', types: [database_failure], risk: high,"
                            + " takes: 2 min, rollback: back}",
                    new Problems("test"));

    @Test
    void whoAsksRemembersWhatWasAskedHoweverItIsRescaled() throws Exception {
        OperatorSubtaskState state;
        try (var one = asking(1, 0, null)) {
            for (int i = 0; i < MANY; i++) {
                one.processElement(event("t", "i" + i, Severity.LOW), 1);
            }
            state = one.snapshot(1, 1);
        }
        int again = 0;
        for (int index = 0; index < PARTS; index++) {
            try (var part = asking(PARTS, index, part(state, index))) {
                for (int i = 0; i < MANY; i++) {
                    if (isOf("i" + i, index)) {
                        part.processElement(event("t", "i" + i, Severity.LOW), 2);
                        part.processElement(event("t", "i" + i, Severity.HIGH), 3);
                        part.processElement(
                                event("t", "i" + i, Severity.HIGH, IncidentEventKind.CLOSED), 4);
                    }
                }
                for (TallyInput asked : part.extractOutputValues()) {
                    assertThat(asked.question().orElseThrow().attempt()).isEqualTo(2);
                    again++;
                }
                part.processWatermark(Council.NOW + 2 * DAY);
                assertThat(part.numKeyedStateEntries()).isZero();
                assertThat(part.numEventTimeTimers()).isZero();
            }
        }
        assertThat(again).isEqualTo(MANY);
    }

    @Test
    void whoAnswersRemembersIncidentsAndWaitingRequestsHoweverItIsRescaled() throws Exception {
        OperatorSubtaskState state;
        List<RoundRequest> requests = requests();
        try (var one = answering(1, 0, null)) {
            for (int i = 0; i < MANY; i++) {
                if (i % 2 == 0) { // the incident is known, the request comes after the restore
                    one.processElement1(new StreamRecord<>(news("t" + i)));
                } else {
                    one.processElement2(new StreamRecord<>(requests.get(i)));
                }
            }
            assertThat(one.extractOutputValues()).isEmpty();
            state = one.snapshot(1, 1);
        }
        List<SignedRecommendation> answers = new ArrayList<>();
        for (int index = 0; index < PARTS; index++) {
            try (var part = answering(PARTS, index, part(state, index))) {
                for (int i = 0; i < MANY; i++) {
                    if (!isOf("t" + i, index)) {
                        continue;
                    }
                    if (i % 2 == 0) {
                        part.processElement2(new StreamRecord<>(requests.get(i)));
                    } else {
                        part.processElement1(new StreamRecord<>(news("t" + i)));
                    }
                }
                answers.addAll(part.extractOutputValues());
                part.processBothWatermarks(new Watermark(Council.NOW + DAY));
                assertThat(part.numEventTimeTimers()).isZero();
            }
        }
        assertThat(answers).hasSize(MANY * BuiltInAgent.values().length);
        for (SignedRecommendation answer : answers) {
            assertThat(requests)
                    .anyMatch(
                            request ->
                                    request.requestId()
                                            .equals(answer.recommendation().requestId()));
        }
    }

    /** One for each tenant, from a tally that knows the agents. */
    private static List<RoundRequest> requests() throws Exception {
        List<RoundRequest> requests = new ArrayList<>();
        try (Council council = new Council(1, 1, 0, null);
                var asking = asking(1, 0, null)) {
            for (int i = 0; i < MANY; i++) {
                for (BuiltInAgent agent : BuiltInAgent.values()) {
                    council.control(BuiltInAgentsFunctionTest.registered("t" + i, agent));
                }
                asking.processElement(event("t" + i, "i", Severity.LOW), 1);
                TallyInput asked = asking.extractOutputValues().get(i);
                council.ask(asked.question().orElseThrow(), Council.NOW);
                requests.add(council.request());
                // The next tenant's incident has the same id: end this one's record of it.
                asking.processElement(
                        event("t" + i, "i", Severity.LOW, IncidentEventKind.CLOSED), 2);
                asking.processWatermark(Council.NOW + (i + 2) * DAY);
            }
        }
        return requests;
    }

    private static CaseNews news(String tenant) {
        return CaseNews.of(event(tenant, "i", Severity.LOW));
    }

    private static IncidentEvent event(String tenant, String id, Severity severity) {
        return event(tenant, id, severity, IncidentEventKind.UPDATED);
    }

    private static IncidentEvent event(
            String tenant, String id, Severity severity, IncidentEventKind kind) {
        Incident incident =
                Incident.builder()
                        .incidentId(id)
                        .tenant(tenant)
                        .type(IncidentType.DATABASE_FAILURE)
                        .severity(severity)
                        .services(List.of("db"))
                        .confidence(0.8)
                        .openedAtMillis(Council.NOW)
                        .updatedAtMillis(Council.NOW)
                        .sequence(1)
                        .build();
        return IncidentEvent.of(
                incident, kind, Council.NOW, "test", "test", List.of(), ChainHead.GENESIS_HASH);
    }

    private static boolean isOf(String key, int index) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, PARTS)
                == index;
    }

    private static OperatorSubtaskState part(OperatorSubtaskState state, int index)
            throws Exception {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, 1, PARTS, index);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput> asking(
            int parallelism, int index, OperatorSubtaskState state) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, TallyInput>(
                        new KeyedProcessOperator<>(new AskFunction(CATALOGUE)),
                        IncidentEvent::incidentId,
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        open(harness, state);
        return harness;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, CaseNews, RoundRequest, SignedRecommendation>
            answering(int parallelism, int index, OperatorSubtaskState state) throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String, CaseNews, RoundRequest, SignedRecommendation>(
                        new KeyedCoProcessOperator<>(
                                new BuiltInAgentsFunction(
                                        new BuiltInAgentsSetup(
                                                new Ballots(CATALOGUE),
                                                AgentsRescaleTest::keys,
                                                ControlSettings.none(),
                                                Optional.empty(),
                                                0))),
                        CaseNews::tenant,
                        request -> request.terms().tenant(),
                        Types.STRING,
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        open(harness, state);
        return harness;
    }

    private static void open(
            AbstractStreamOperatorTestHarness<?> harness, OperatorSubtaskState state)
            throws Exception {
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private static Map<String, byte[]> keys() {
        Map<String, byte[]> keys = new TreeMap<>();
        for (BuiltInAgent agent : BuiltInAgent.values()) {
            keys.put(agent.agent(), Sha256.of(agent.agent().getBytes(StandardCharsets.UTF_8)));
        }
        return keys;
    }
}
