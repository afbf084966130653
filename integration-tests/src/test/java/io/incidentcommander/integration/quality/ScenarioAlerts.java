// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.datagen.storm.Landscape;
import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.datagen.storm.StormScript;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alerts of one scenario as the stages before correlation let them pass: rendered in the wire
 * formats, decoded, and reduced to first, worse, returned and resolved. For speed the reduction is
 * done here, alert by alert in order of time, other than by slices; nothing is sampled out at these
 * rates.
 */
final class ScenarioAlerts {
    static final long START = 1_767_225_600_000L;
    static final long PEAK_RATE = 100;
    static final long CALM_RATE = 8;
    static final Duration DURATION = Duration.ofMinutes(10);

    private static final RecordDecoder DECODER = new RecordDecoder();

    private final StormScript script;
    private final List<NotableAlert> alerts = new ArrayList<>();
    private final Map<Fingerprint, AlertStatus> status = new HashMap<>();
    private final Map<Fingerprint, Severity> peak = new HashMap<>();

    private ScenarioAlerts(StormScript script) {
        this.script = script;
    }

    /** One fault, ten minutes with a sixth of calm before it. */
    static StormScript script(FaultScenario scenario, long seed) {
        return StormScript.of(seed, List.of(scenario), PEAK_RATE, CALM_RATE, DURATION);
    }

    /** All faults in a row, as {@code run} plays them. */
    static StormScript row(long seed, long rate, Duration duration) {
        return StormScript.even(seed, List.of(FaultScenario.values()), rate, duration);
    }

    /** How many faults to expect where a row of them goes on, as {@code run} does. */
    static Map<String, String> expecting(Duration row) {
        double aDay =
                FaultScenario.values().length
                        * (double) Duration.ofDays(1).toMillis()
                        / row.toMillis();
        return Map.of("correlation.outbreaks-per-day", String.valueOf(aDay));
    }

    static ScenarioAlerts of(FaultScenario scenario, long seed) {
        return of(script(scenario, seed));
    }

    static ScenarioAlerts of(StormScript script) {
        ScenarioAlerts made = new ScenarioAlerts(script);
        made.render();
        return made;
    }

    List<NotableAlert> alerts() {
        return alerts;
    }

    List<FaultTruth> truths() {
        return script.truths(START);
    }

    Landscape landscape() {
        return script.landscape();
    }

    Topology topology() {
        return topology(script.landscape().graph());
    }

    static Topology topology(ServiceGraph graph) {
        List<ServiceCall> calls = new ArrayList<>();
        for (int i = 0; i < graph.size(); i++) {
            for (String called : graph.dependencyNames(i)) {
                calls.add(ServiceCall.of(graph.name(i), called));
            }
        }
        return Topology.of(calls);
    }

    private void render() {
        RecordStream stream = script.open(0, 1);
        SourceProfile profile = SourceProfile.detecting("storm");
        for (long n = 0; n < script.records(); n++) {
            long time = START + script.schedule().offsetNanos(n) / 1_000_000;
            RawRecord record = RawRecord.of("storm", "p0", n, time, stream.render(n, time));
            for (Alert alert : DECODER.decode(record, profile).alerts()) {
                reason(alert).ifPresent(why -> alerts.add(new NotableAlert(alert, why, 1)));
            }
        }
        alerts.sort(NotableAlert.IN_TIME);
    }

    private Optional<NotifyReason> reason(Alert alert) {
        AlertStatus before = status.put(alert.fingerprint(), alert.status());
        if (alert.status() == AlertStatus.RESOLVED) {
            return before == null || before == AlertStatus.RESOLVED
                    ? Optional.empty()
                    : Optional.of(NotifyReason.RESOLVED);
        }
        Severity worst = peak.get(alert.fingerprint());
        if (before == null || before == AlertStatus.RESOLVED) {
            peak.put(alert.fingerprint(), alert.severity());
            return Optional.of(before == null ? NotifyReason.NEW : NotifyReason.RETURNED);
        }
        if (alert.severity().compareTo(worst) > 0) {
            peak.put(alert.fingerprint(), alert.severity());
            return Optional.of(NotifyReason.ESCALATED);
        }
        return Optional.empty();
    }
}
