// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.resolution.DryRunEffects;
import io.incidentcommander.jobs.resolution.MemoryLedger;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** Looks at the graph that Flink would run; nothing is run. */
class ResolutionStageTest {
    @Test
    void reportsOfAnIncidentLeaveInTheOrderInWhichTheyWereMade() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);
        new ResolutionStage(rules(), MemoryLedger::new, DryRunEffects::new, streams()).addTo(env);

        assertThat(env.getStreamGraph().getStreamNodes())
                .filteredOn(node -> node.getOperatorName().contains("reports out"))
                .isNotEmpty()
                .allSatisfy(
                        node -> {
                            assertThat(node.getParallelism()).isEqualTo(1);
                            assertThat(node.getInEdges())
                                    .allMatch(
                                            edge ->
                                                    edge.getPartitioner()
                                                            .toString()
                                                            .equals("FORWARD"));
                        });
    }

    @Test
    void whoActsAndWhoAnnouncesHearTheDocumentsOfTheControlStream() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);
        new ResolutionStage(
                        rules(),
                        MemoryLedger::new,
                        DryRunEffects::new,
                        streams(),
                        Optional.of(
                                new CommandStreams(
                                        KafkaCluster.at("localhost:1"),
                                        "control",
                                        "group",
                                        Optional.empty(),
                                        "",
                                        MemoryLedger::new)))
                .addTo(env);

        StreamGraph graph = env.getStreamGraph();
        int documents = node(graph, "documents heard").getId();
        assertThat(upstream(graph, documents)).contains(node(graph, "commands").getId());
        for (String hears : List.of("act", "announce what waits")) {
            assertThat(upstream(graph, node(graph, hears).getId())).as(hears).contains(documents);
        }
    }

    private static ActionRules rules() {
        return new ActionRules(
                PlaybookReader.read("{}", new Problems("test")),
                AllowList.read("{}", new Problems("test")));
    }

    private static KafkaLifecycleStreams streams() {
        return new KafkaLifecycleStreams(
                new LifecycleTopics(
                        KafkaCluster.at("localhost:1"), "orders", "reports", "questions", "group"));
    }

    private static StreamNode node(StreamGraph graph, String name) {
        return graph.getStreamNodes().stream()
                .filter(node -> node.getOperatorName().matches("(Source: )?" + name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name));
    }

    private static Set<Integer> upstream(StreamGraph graph, int id) {
        Set<Integer> ids = new HashSet<>();
        for (StreamEdge edge : graph.getStreamNode(id).getInEdges()) {
            ids.add(edge.getSourceId());
            ids.addAll(upstream(graph, edge.getSourceId()));
        }
        return ids;
    }
}
