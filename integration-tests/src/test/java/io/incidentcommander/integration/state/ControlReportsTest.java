// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.correlation.ControlReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the graph that Flink would run; nothing is run. */
class ControlReportsTest {
    @Test
    void whatBecameOfRulesAndOfWhatWasSaidToIncidentsIsToldInOnePlace(@TempDir Path directory)
            throws Exception {
        List<DataStream<ControlReport>> told = new ArrayList<>();
        try (Observation nobody = new Observation()) {
            WholeTopology.of(directory.resolve("keys"), List.of())
                    .job("hashmap", 1)
                    .sinks(
                            observation ->
                                    new TopologySinks() {
                                        @Override
                                        public void controlReports(
                                                DataStream<ControlReport> reports) {
                                            told.add(reports);
                                        }
                                    })
                    .streamGraph(nobody);
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0).getTransformation().getTransitivePredecessors())
                .extracting(Transformation::getName)
                .contains("read control", "suppress", "lifecycle");
    }
}
