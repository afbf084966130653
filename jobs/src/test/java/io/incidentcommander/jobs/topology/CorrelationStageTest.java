// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** On a cluster of two: counts by tenant and updates for all share an input. */
class CorrelationStageTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final int TENANTS = 16;

    @Test
    void anUpdateReachesTheTenantsOfEverySubtaskFromItsTimeOn() throws Exception {
        CommanderConfiguration options = new ConfigurationLoader().load();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        env.getConfig().disableGenericTypes();
        List<NotableAlert> alerts = new ArrayList<>();
        List<Tuple3<String, Long, Long>> counts = new ArrayList<>();
        for (int i = 0; i < TENANTS; i++) {
            alerts.add(alert("tenant" + i, "web", T0));
            alerts.add(alert("tenant" + i, "db", T0 + 900_000));
            counts.add(Tuple3.of("tenant" + i, T0, 2L));
        }
        ControlUpdate calls =
                ControlUpdate.set(
                        ControlKind.DOCUMENT,
                        "*",
                        "calls",
                        1,
                        T0 + 500_000,
                        "ann",
                        "topology: {web: [db]}");

        // Nothing tells of time before all has come, so that nothing races.
        List<IncidentEvent> events = new ArrayList<>();
        try (CloseableIterator<IncidentEvent> told =
                new CorrelationStage(
                                AlertPathSettings.live(options, Map.of()),
                                Optional.of(
                                        env.fromData(
                                                List.of(calls),
                                                TypeInformation.of(ControlUpdate.class))))
                        .of(
                                env.fromData(alerts, TypeInformation.of(NotableAlert.class)),
                                env.fromData(
                                        counts, Types.TUPLE(Types.STRING, Types.LONG, Types.LONG)),
                                env.fromData(
                                        List.of(storm()), TypeInformation.of(PatternMatch.class)),
                                env.fromData(
                                        List.of(new SourceReport("tenant3", "cw", T0, T0, 1, 0)),
                                        TypeInformation.of(SourceReport.class)))
                        .executeAndCollect()) {
            told.forEachRemaining(events::add);
        }

        assertThat(events)
                .filteredOn(event -> event.kind() == IncidentEventKind.OPENED)
                .as("a lone alert is only watched where calls are known")
                .hasSize(TENANTS)
                .allMatch(event -> event.incident().services().equals(List.of("web")))
                .extracting(IncidentEvent::tenant)
                .doesNotHaveDuplicates();
        assertThat(events)
                .filteredOn(event -> event.cause().startsWith("pattern storm"))
                .extracting(IncidentEvent::tenant)
                .as("a pattern reaches its tenant, wherever that is")
                .containsExactly("tenant3");
    }

    private static PatternMatch storm() {
        return new PatternMatch(
                PatternKind.STORM,
                "storm",
                3,
                "tenant3",
                "web",
                List.of("web"),
                T0,
                T0 + 100,
                List.of(),
                "many of web");
    }

    private static NotableAlert alert(String tenant, String service, long time) {
        Alert alert =
                Alert.builder()
                        .id(new AlertId("test", tenant + service, time, 0))
                        .tenant(tenant)
                        .format(AlertFormat.CANONICAL)
                        .fingerprint(
                                Fingerprint.of(tenant, new TreeMap<>(Map.of("service", service))))
                        .name("slow")
                        .service(service)
                        .severity(Severity.HIGH)
                        .status(AlertStatus.FIRING)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .build();
        return new NotableAlert(alert, NotifyReason.NEW, 1);
    }
}
