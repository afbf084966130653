// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.incidentcommander.datagen.correlation.SimulatedFault.Relation;
import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedStormTest {
    @ParameterizedTest
    @CsvSource({"TREE,10", "MESH,200", "HUB,1000", "CYCLE,5000"})
    void theSameShapeMakesTheSameStormAndAnotherSeedAnother(GraphShape shape, int services) {
        StormShape one = StormShape.of(shape, services, 3);
        assertThat(SimulatedStorm.of(one).alerts()).isEqualTo(SimulatedStorm.of(one).alerts());
        assertThat(SimulatedStorm.of(StormShape.of(shape, services, 4)).alerts())
                .isNotEqualTo(SimulatedStorm.of(one).alerts());
    }

    @ParameterizedTest
    @EnumSource(GraphShape.class)
    void alertsAreInOrderAndNoiseIsTenTimesTheSignal(GraphShape shape) {
        SimulatedStorm storm = SimulatedStorm.of(StormShape.of(shape, 300, 5));
        assertThat(storm.alerts()).isSortedAccordingTo(NotableAlert.IN_TIME);
        assertThat(storm.alerts()).extracting(a -> a.alert().id()).doesNotHaveDuplicates();
        long signal = firing(storm).filter(i -> storm.faultOf(i) >= 0).count();
        long noise = firing(storm).filter(i -> storm.faultOf(i) < 0).count();
        assertThat(noise).isEqualTo(signal * 10);
        assertThat(storm.faults()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(GraphShape.class)
    void aFaultReachesOnlyServicesThatDependOnItsOriginAndNoneBeforeIt(GraphShape shape) {
        SimulatedStorm storm = SimulatedStorm.of(StormShape.of(shape, 500, 9));
        ServiceGraph graph = storm.graph();
        for (SimulatedFault fault : storm.faults()) {
            int[] hops = graph.hopsToDependents(graph.number(fault.origin()), 5);
            assertThat(fault.reachedMillis().keySet())
                    .allMatch(service -> hops[graph.number(service)] >= 0);
            long began = fault.reachedMillis().get(fault.origin());
            assertThat(fault.reachedMillis().values()).allMatch(time -> time >= began);
        }
        firing(storm)
                .filter(i -> storm.faultOf(i) >= 0)
                .forEach(
                        i -> {
                            Alert alert = storm.alerts().get(i).alert();
                            SimulatedFault fault = storm.faults().get(storm.faultOf(i));
                            assertThat(alert.eventTimeMillis())
                                    .isGreaterThanOrEqualTo(
                                            fault.reachedMillis().get(alert.service()));
                        });
    }

    @Test
    void someFaultsOverlapInTimeAloneAndOthersMeetAtAService() {
        Map<Relation, Integer> seen = new EnumMap<>(Relation.class);
        for (long seed = 0; seed < 10; seed++) {
            SimulatedStorm storm = SimulatedStorm.of(StormShape.of(GraphShape.MESH, 300, seed));
            List<SimulatedFault> faults = storm.faults();
            for (int i = 1; i < faults.size(); i++) {
                SimulatedFault fault = faults.get(i);
                seen.merge(fault.relation(), 1, Integer::sum);
                boolean meets =
                        faults.get(i - 1).reachedMillis().keySet().stream()
                                .anyMatch(fault.reachedMillis()::containsKey);
                if (fault.relation() == Relation.SAME_TIME) {
                    assertThat(meets).as(fault.toString()).isFalse();
                }
                if (fault.relation() == Relation.SAME_SERVICE) {
                    assertThat(meets).as(fault.toString()).isTrue();
                }
            }
        }
        assertThat(seen.get(Relation.SAME_TIME)).isGreaterThan(10);
        assertThat(seen.get(Relation.SAME_SERVICE)).isGreaterThan(10);
    }

    @Test
    void theTruthItselfScoresPerfectly() {
        CorrelationScore score = new CorrelationScore();
        SimulatedStorm storm = storm();
        score.add(storm, grouped(storm, i -> storm.faultOf(i)));
        assertThat(score.faults()).isEqualTo(6);
        assertThat(score.incidentsPerFault()).isEqualTo(1);
        assertThat(score.precision()).isEqualTo(1);
        assertThat(score.recall()).isEqualTo(1);
        assertThat(score.pairF1()).isEqualTo(1);
        assertThat(score.wrongMerges()).isZero();
        assertThat(score.wrongSplits()).isZero();
        assertThat(score.secondsToIncident()).isZero();
        assertThat(score.noiseIncidents()).isZero();
        assertThat(score.originFirst()).isEqualTo(1);
    }

    @Test
    void oneIncidentForEverythingIsAllMergesAndOneForEachAlertAllSplits() {
        SimulatedStorm storm = storm();
        CorrelationScore lump = new CorrelationScore().add(storm, grouped(storm, i -> 0));
        assertThat(lump.wrongMerges()).isEqualTo(5);
        assertThat(lump.wrongSplits()).isZero();
        assertThat(lump.recall()).isEqualTo(1);
        assertThat(lump.precision()).isLessThan(0.1);
        CorrelationScore dust = new CorrelationScore().add(storm, grouped(storm, i -> i));
        long signal = firing(storm).filter(i -> storm.faultOf(i) >= 0).count();
        assertThat(dust.wrongMerges()).isZero();
        assertThat(dust.wrongSplits()).isEqualTo(signal - 6);
        assertThat(dust.precision()).isEqualTo(1);
        assertThat(dust.recall()).isCloseTo(6.0 / signal, within(1e-9));
        assertThat(dust.pairF1()).isZero();
    }

    @Test
    void theBaselinesDoWhatTheirNamesSay() {
        SimulatedStorm storm = storm();
        Groups byService = Baselines.SERVICE_AND_GAP.group(storm.graph(), storm.alerts());
        Groups byLabels = Baselines.LABELS.group(storm.graph(), storm.alerts());
        Groups byComponent = Baselines.COMPONENT_AND_WINDOW.group(storm.graph(), storm.alerts());
        assertThat(valuesPerIncident(storm, byService, Alert::service)).allMatch(n -> n == 1);
        assertThat(valuesPerIncident(storm, byLabels, Alert::name)).allMatch(n -> n == 1);
        assertThat(valuesPerIncident(storm, byLabels, Alert::service)).anyMatch(n -> n > 1);
        assertThat(valuesPerIncident(storm, byComponent, a -> "" + a.eventTimeMillis() / 300_000))
                .allMatch(n -> n == 1);
        firing(storm)
                .forEach(
                        i -> {
                            assertThat(byService.incidentOf(i)).isNotNegative();
                            assertThat(byLabels.incidentOf(i)).isNotNegative();
                            assertThat(byComponent.incidentOf(i)).isNotNegative();
                        });
    }

    private static SimulatedStorm storm() {
        return SimulatedStorm.of(StormShape.of(GraphShape.MESH, 200, 2));
    }

    private static IntStream firing(SimulatedStorm storm) {
        return IntStream.range(0, storm.alerts().size())
                .filter(i -> storm.alerts().get(i).reason() != NotifyReason.RESOLVED);
    }

    /** Incidents by key; a negative key is no incident. Origins are those of the faults. */
    private static Groups grouped(SimulatedStorm storm, java.util.function.IntUnaryOperator key) {
        Groups.Builder groups = Groups.of(storm.alerts().size());
        Map<Integer, Integer> numbers = new java.util.HashMap<>();
        firing(storm)
                .filter(i -> key.applyAsInt(i) >= 0)
                .forEach(
                        i -> {
                            int fault = storm.faultOf(i);
                            List<String> origins = new ArrayList<>();
                            if (fault >= 0) {
                                origins.add(storm.faults().get(fault).origin());
                            }
                            groups.put(
                                    i,
                                    numbers.computeIfAbsent(
                                            key.applyAsInt(i),
                                            k ->
                                                    groups.open(
                                                            storm.alerts()
                                                                    .get(i)
                                                                    .alert()
                                                                    .eventTimeMillis(),
                                                            origins)));
                        });
        return groups.build();
    }

    private static List<Integer> valuesPerIncident(
            SimulatedStorm storm, Groups groups, java.util.function.Function<Alert, String> value) {
        return firing(storm)
                .boxed()
                .collect(
                        Collectors.groupingBy(
                                groups::incidentOf,
                                Collectors.mapping(
                                        i -> value.apply(storm.alerts().get(i).alert()),
                                        Collectors.toSet())))
                .values()
                .stream()
                .map(java.util.Set::size)
                .collect(Collectors.toList());
    }
}
