// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunPlanTest {
    private static final long SATURDAY = Instant.parse("2026-01-31T09:00:00Z").toEpochMilli();

    @Test
    void aFaultCostsWhereItBeginsWhatItsScenarioSaysUnlessThatIsLittle() {
        CommanderConfiguration options = new ConfigurationLoader().load();
        RunPlan plan =
                new RunPlan(
                        List.of(FaultScenario.values()),
                        0,
                        Duration.ofMinutes(5),
                        8080,
                        options,
                        Optional.empty());
        IncidentCost cost = ControlInputs.incidentCost(options, plan.control());
        List<FaultTruth> faults = plan.script().truths(0);
        assertThat(faults).isNotEmpty();
        for (FaultTruth fault : faults) {
            int usd = fault.scenario().usdPerMinute();
            assertThat(cost.between("demo", List.of(fault.origin()), SATURDAY, SATURDAY + 60_000))
                    .as(fault.scenario().optionName())
                    .isEqualByComparingTo(BigDecimal.valueOf(usd > 1_100 ? usd : 100));
        }
    }
}
