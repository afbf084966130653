// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first minute of a tenant nothing is known of. */
class NewTenantTest {
    private static final long MINUTE_MILLIS = 60_000;

    /** Companies whose background once opened an incident, and as many others. */
    @ParameterizedTest
    @ValueSource(longs = {1010, 1032, 3056, 3162, 3177, 1, 2, 3, 4, 5})
    void backgroundAloneIsNoIncident(long seed) {
        ScenarioAlerts storm = ScenarioAlerts.of(FaultScenario.DATABASE_CASCADE, seed);
        assertThat(storm.truths())
                .allMatch(fault -> fault.faultMillis() > ScenarioAlerts.START + MINUTE_MILLIS);
        TenantCorrelation tenant =
                new TenantCorrelation(CorrelatorGrouper.policy(), CorrelationSnapshot.empty());
        tenant.topology(storm.topology());
        List<IncidentEvent> events = new ArrayList<>();
        for (NotableAlert alert : storm.alerts()) {
            long time = alert.alert().eventTimeMillis();
            if (time < ScenarioAlerts.START + MINUTE_MILLIS) {
                tenant.seen(time, 1);
                events.addAll(tenant.take(alert).events());
            }
        }
        assertThat(events).isEmpty();
    }
}
