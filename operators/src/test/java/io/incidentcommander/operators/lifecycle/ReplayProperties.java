// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.operators.audit.CommittedEventsOperator;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails and whenever, and however often things are said: what the store holds is what the
 * operator remembers. After a failure the operator goes back to its last complete checkpoint, and
 * what is said again may meet time, and what others say, in another order than before.
 */
class ReplayProperties {
    private static final long T0 = 1_700_000_000_000L;
    private static final List<String> IDS = List.of("i0", "i1", "i2");
    private static final RunbookCatalogue CATALOGUE =
            RunbookCatalogueReader.read(
                    "a: {version: '1', types: [ddos], risk: low, takes: 1 s, rollback: x}\n",
                    new Problems("test"));
    private static final LifecycleSignal[] SAID = {
        LifecycleSignal.UPDATED,
        LifecycleSignal.UPDATED,
        LifecycleSignal.QUIET,
        LifecycleSignal.DIAGNOSED,
        LifecycleSignal.DIAGNOSIS_FAILED,
        LifecycleSignal.TAKEN_OVER,
        LifecycleSignal.HANDED_BACK,
        LifecycleSignal.ACKNOWLEDGED,
        LifecycleSignal.SEVERITY_SET,
        LifecycleSignal.MENDED_BY_HUMAN,
        LifecycleSignal.RETURNED
    };

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 0; seed < 30; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatTheStoreTellsIsWhatTheOperatorRemembers(long seed) throws Exception {
        Random random = new Random(seed);
        List<LifecycleFact> facts = facts(random);
        Store store = new Store();
        Job job = new Job(Optional.empty(), Optional.empty(), store);
        Saved saved = new Saved();
        long checkpoint = 0;
        int failures = 6;
        int at = 0;
        long second = 0;
        while (at < facts.size()) {
            switch (random.nextInt(10)) {
                case 0:
                    Saved next = new Saved();
                    next.lifecycle = Optional.of(job.lifecycle.snapshot(++checkpoint, 0));
                    next.gate = Optional.of(job.gate.snapshot(checkpoint, 0));
                    next.at = at;
                    // It may never complete; and then nobody hears of it.
                    if (random.nextInt(3) > 0) {
                        saved = next;
                        job.gate.notifyOfCompletedCheckpoint(checkpoint);
                        job.tell();
                    }
                    break;
                case 1:
                    if (failures-- > 0) {
                        job.close();
                        job = new Job(saved.lifecycle, saved.gate, store);
                        at = saved.at;
                        second = Math.max(0, at - random.nextInt(20));
                        job.tell();
                    }
                    break;
                case 2:
                case 3:
                    second += random.nextInt(100);
                    job.time(second);
                    break;
                case 4:
                    job.say(facts.get(random.nextInt(at + 1)));
                    break;
                default:
                    job.say(facts.get(at++));
            }
        }
        job.lifecycle.snapshot(++checkpoint, 0);
        job.gate.snapshot(checkpoint, 0);
        job.gate.notifyOfCompletedCheckpoint(checkpoint);
        job.tell();

        assertThat(store.refused).as("events that contradict what is stored").isEmpty();
        for (String id : IDS) {
            List<IncidentEvent> events = store.events.getOrDefault(id, List.of());
            assertThat(IncidentEventChain.verify(events, store.head(id))).isEmpty();
            Optional<IncidentCourse> course = job.course(id);
            if (course.isPresent()) {
                IncidentEvent last = events.get(events.size() - 1);
                assertThat(last.incident()).isEqualTo(course.get().incident());
                assertThat(last.head()).isEqualTo(course.get().head());
            } else if (!events.isEmpty()) {
                assertThat(events.get(events.size() - 1).incident().isClosed()).isTrue();
            }
        }
        job.close();
    }

    private static List<LifecycleFact> facts(Random random) {
        List<LifecycleFact> facts = new ArrayList<>();
        for (String id : IDS) {
            facts.add(seen(LifecycleSignal.OPENED, id, 1, facts.size()));
        }
        for (int i = 0; i < 60; i++) {
            String id = IDS.get(random.nextInt(IDS.size()));
            LifecycleSignal signal = SAID[random.nextInt(SAID.length)];
            facts.add(
                    signal == LifecycleSignal.UPDATED
                                    || signal == LifecycleSignal.QUIET
                                    || signal == LifecycleSignal.RETURNED
                            ? seen(signal, id, i, i * 7L)
                            : LifecycleFact.of(
                                            "t",
                                            id,
                                            signal,
                                            LifecycleFact.NO_TIME,
                                            LifecycleFact.ANY_ATTEMPT,
                                            "somebody",
                                            "word " + i)
                                    .withSeverity(Severity.values()[i % 5]));
        }
        return facts;
    }

    private static LifecycleFact seen(LifecycleSignal signal, String id, long alerts, long second) {
        return LifecycleFact.seen(
                signal,
                Incident.builder()
                        .incidentId(id)
                        .tenant("t")
                        .severity(Severity.HIGH)
                        .services(List.of("s"))
                        .openedAtMillis(T0)
                        .updatedAtMillis(T0 + second * 1000)
                        .alertCount(alerts)
                        .keptAlerts(alerts)
                        .title("title " + alerts)
                        .build(),
                T0 + second * 1000,
                "seen at " + second);
    }

    /** What the last complete checkpoint holds, and how far it had read. */
    private static final class Saved {
        private Optional<OperatorSubtaskState> lifecycle = Optional.empty();
        private Optional<OperatorSubtaskState> gate = Optional.empty();
        private int at;
    }

    /** Appends as the event table does: on top of what it has, or not at all. */
    private static final class Store {
        private final Map<String, List<IncidentEvent>> events = new HashMap<>();
        private final List<IncidentEvent> refused = new ArrayList<>();

        void append(IncidentEvent event) {
            List<IncidentEvent> chain =
                    events.computeIfAbsent(event.incidentId(), id -> new ArrayList<>());
            if (event.sequence() <= chain.size()) {
                if (!chain.get((int) event.sequence() - 1).equals(event)) {
                    refused.add(event);
                }
            } else if (event.previousHash().equals(head(event.incidentId()).hash())) {
                chain.add(event);
            } else {
                refused.add(event);
            }
        }

        ChainHead head(String id) {
            List<IncidentEvent> chain = events.getOrDefault(id, List.of());
            return chain.isEmpty() ? ChainHead.genesis() : chain.get(chain.size() - 1).head();
        }
    }

    /** The operator, the gate behind it, and the store behind that. */
    private static final class Job implements AutoCloseable {
        private final KeyedTwoInputStreamOperatorTestHarness<
                        String, LifecycleFact, Decision, IncidentEvent>
                lifecycle;
        private final OneInputStreamOperatorTestHarness<IncidentEvent, IncidentEvent> gate;
        private final Store store;
        private int passed;
        private int told;

        Job(
                Optional<OperatorSubtaskState> lifecycleState,
                Optional<OperatorSubtaskState> gateState,
                Store store)
                throws Exception {
            this.store = store;
            lifecycle =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new KeyedCoProcessOperator<>(
                                    new LifecycleFunction(
                                            LifecyclePolicy.defaults(),
                                            new TierCost(new BigDecimal("60")),
                                            ControlSettings.none(),
                                            CATALOGUE)),
                            fact -> LifecycleFunction.key(fact.tenant(), fact.incidentId()),
                            made -> LifecycleFunction.key(made.tenant(), made.incidentId()),
                            Types.STRING);
            gate = new OneInputStreamOperatorTestHarness<>(new CommittedEventsOperator());
            gate.getStreamConfig().setCheckpointingEnabled(true);
            if (lifecycleState.isPresent()) {
                lifecycle.initializeState(lifecycleState.get());
                gate.initializeState(gateState.orElseThrow());
            }
            lifecycle.open();
            gate.open();
            time(0);
        }

        void say(LifecycleFact fact) throws Exception {
            lifecycle.processElement1(fact, Math.max(T0, fact.timeMillis()));
            tell();
        }

        void time(long second) throws Exception {
            lifecycle.processBothWatermarks(new Watermark(T0 + second * 1000));
            tell();
        }

        /** What came out of one goes into the next. */
        void tell() throws Exception {
            List<IncidentEvent> events = lifecycle.extractOutputValues();
            while (passed < events.size()) {
                gate.processElement(events.get(passed++), T0);
            }
            List<IncidentEvent> committed = gate.extractOutputValues();
            while (told < committed.size()) {
                store.append(committed.get(told++));
            }
        }

        Optional<IncidentCourse> course(String id) throws Exception {
            lifecycle.getOperator().setCurrentKey(LifecycleFunction.key("t", id));
            ValueState<IncidentCourse> course =
                    ((KeyedCoProcessOperator<?, ?, ?, ?>) lifecycle.getOperator())
                            .getKeyedStateStore()
                            .getState(
                                    new ValueStateDescriptor<>(
                                            LifecycleState.COURSE,
                                            TypeInformation.of(IncidentCourse.class)));
            return Optional.ofNullable(course.value());
        }

        @Override
        public void close() throws Exception {
            lifecycle.close();
            gate.close();
        }
    }
}
