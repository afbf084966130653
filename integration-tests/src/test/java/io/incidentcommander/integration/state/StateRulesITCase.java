// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.integration.faults.TopologyJob;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.operators.OperatorUids;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** What a savepoint depends on: types without Kryo, uids that stay, key groups that stay. */
class StateRulesITCase {
    private static final String RELEASE = "0.1.0";
    private static final String COMMITTER = "Sink Committer: ";

    @Test
    void noStreamAndNoKeyIsSerializedByKryo() {
        assertThat(kryoIn(topology())).isEmpty();
    }

    @Test
    void theDecisionsOfTheTopologyKeepTheSameRules() throws Exception {
        StreamGraph graph = DecidingTopology.streamGraph();
        assertThat(kryoIn(graph)).isEmpty();
        List<String> uids = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            assertThat(node.getTransformationUID()).as("uid of %s", node).isNotNull();
            // Flink derives a committer's from its sink's.
            uids.add(node.getTransformationUID().replace(COMMITTER, ""));
        }
        assertThat(uids)
                .contains(OperatorUids.TALLY, OperatorUids.ASK, OperatorUids.BUILT_IN_AGENTS);
        assertThat(uids)
                .allMatch(
                        u ->
                                constants().contains(u)
                                        || u.startsWith(OperatorUids.SOURCE_PREFIX)
                                        || u.startsWith(OperatorUids.PATTERN_PREFIX)
                                        || u.startsWith(OperatorUids.GATE_PREFIX));
    }

    @Test
    void aGenericTypeWouldBeFound() {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(new Configuration());
        env.fromData(TypeInformation.of(Thing.class), new Thing()).sinkTo(new DiscardingSink<>());

        assertThat(kryoIn(env.getStreamGraph())).isNotEmpty();
        assertThat(
                        KryoFinder.in(
                                Types.LIST(
                                                Types.TUPLE(
                                                        Types.STRING,
                                                        TypeInformation.of(Thing.class)))
                                        .createSerializer(env.getConfig().getSerializerConfig())))
                .isNotEmpty();
    }

    @Test
    void flinkRefusesGenericTypesByOurSettings() {
        StreamGraph graph = topology();

        assertThatThrownBy(
                        () ->
                                TypeInformation.of(new TypeHint<Thing>() {})
                                        .createSerializer(
                                                graph.getExecutionConfig().getSerializerConfig()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void noReleasedStateIsSerializedByKryo() throws Exception {
        states().forEach(
                        (name, snapshots) ->
                                snapshots.forEach(
                                        s -> assertThat(KryoFinder.in(s)).as(name).isEmpty()));
    }

    @Test
    void noReleasedStateOfAnyStageIsSerializedByKryo() throws Exception {
        states("whole", "whole/uids.txt")
                .forEach(
                        (name, snapshots) ->
                                snapshots.forEach(
                                        s -> assertThat(KryoFinder.in(s)).as(name).isEmpty()));
    }

    @Test
    void theStatesOfTheReleaseAreThoseListed() throws Exception {
        assertThat(states().keySet()).containsExactlyElementsOf(released("states.txt"));
        assertThat(states("whole", "whole/uids.txt").keySet())
                .containsExactlyElementsOf(released("whole/states.txt"));
    }

    @Test
    void everyOperatorHasAUidOfTheListAndThoseReleasedAreStillThere() throws Exception {
        List<String> uids = new ArrayList<>();
        for (StreamNode node : topology().getStreamNodes()) {
            assertThat(node.getTransformationUID()).as("uid of %s", node).isNotNull();
            uids.add(node.getTransformationUID());
        }
        assertThat(uids).doesNotHaveDuplicates();
        assertThat(uids)
                .allMatch(
                        u ->
                                constants().contains(u)
                                        || u.startsWith(OperatorUids.SOURCE_PREFIX)
                                        || u.startsWith(OperatorUids.PATTERN_PREFIX)
                                        || u.startsWith(OperatorUids.GATE_PREFIX));
        assertThat(uids).containsAll(released("uids.txt"));
    }

    @Test
    void keyGroupsAreFixed() {
        assertThat(FlinkSettings.MAX_PARALLELISM).isEqualTo(128);
        for (JobVertex vertex : topology().getJobGraph().getVertices()) {
            assertThat(vertex.getMaxParallelism())
                    .as(vertex.getName())
                    .isEqualTo(vertex.getName().startsWith("ledger") ? 1 : 128);
        }
    }

    private static StreamGraph topology() {
        try (Observation observation = new Observation()) {
            return TopologyJob.live()
                    .withoutFaults()
                    .source(Storms.SOURCE, Storms.of(1, 1))
                    .streamGraph(observation);
        }
    }

    private static List<String> kryoIn(StreamGraph graph) {
        List<String> found = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            found.addAll(KryoFinder.in(node.getTypeSerializersIn()));
            found.addAll(KryoFinder.in(node.getTypeSerializerOut()));
            found.addAll(KryoFinder.in(node.getStateKeySerializer()));
            for (StreamEdge edge : node.getOutEdges()) {
                if (edge.getOutputTag() != null) {
                    found.addAll(
                            KryoFinder.in(
                                    edge.getOutputTag()
                                            .getTypeInfo()
                                            .createSerializer(
                                                    graph.getExecutionConfig()
                                                            .getSerializerConfig())));
                }
            }
        }
        return found;
    }

    private static SortedMap<String, List<TypeSerializerSnapshot<?>>> states() throws Exception {
        return states("live", "uids.txt");
    }

    private static SortedMap<String, List<TypeSerializerSnapshot<?>>> states(
            String run, String uids) throws Exception {
        Path savepoint =
                GoldenSavepointITCase.savepoint(GoldenSavepointITCase.golden(RELEASE).resolve(run));
        return SavedState.read(savepoint, released(uids));
    }

    private static List<String> released(String file) throws Exception {
        return Files.readAllLines(GoldenSavepointITCase.golden(RELEASE).resolve(file));
    }

    private static TreeSet<String> constants() {
        TreeSet<String> constants = new TreeSet<>();
        for (Field field : OperatorUids.class.getFields()) {
            try {
                constants.add((String) field.get(null));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return constants;
    }

    /** A type that Flink knows no serializer for. */
    static final class Thing {
        private Object anything = "";

        Object anything() {
            return anything;
        }
    }
}
