// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.resolution.DryRunEffects;
import io.incidentcommander.jobs.resolution.MemoryLedger;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Looks at the graph that Flink would run; nothing is run. */
class ResolutionStageTest {
    @Test
    void reportsOfAnIncidentLeaveInTheOrderInWhichTheyWereMade() {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(4);
        new ResolutionStage(
                        new ActionRules(
                                PlaybookReader.read("{}", new Problems("test")),
                                AllowList.read("{}", new Problems("test"))),
                        MemoryLedger::new,
                        DryRunEffects::new,
                        new KafkaLifecycleStreams(
                                new LifecycleTopics(
                                        "localhost:1", "orders", "reports", "questions", "group")))
                .addTo(env);

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
}
