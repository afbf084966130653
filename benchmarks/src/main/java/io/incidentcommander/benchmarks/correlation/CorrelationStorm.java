// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.TenantCorrelation;
import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A tenant of 5,000 services, each of which calls two of those before it, and alerts of them at
 * 20,000 a second of event time: every service has alerts of two kinds. How many entries are live
 * is set by the bound.
 */
final class CorrelationStorm {
    private static final int SERVICES = 5_000;
    private static final int KINDS = 2;
    private static final long T0 = 1_700_000_000_000L;

    private final TenantCorrelation correlation;
    private final List<NotableAlert> kinds = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private long count;

    CorrelationStorm(int live) {
        correlation =
                new TenantCorrelation(
                        new CorrelationPolicy(
                                300_000,
                                live,
                                0.01,
                                new NoveltyBudget(1),
                                new TierCost(new BigDecimal("100"))),
                        CorrelationSnapshot.empty());
        List<ServiceCall> calls = new ArrayList<>();
        for (int i = 1; i < SERVICES; i++) {
            calls.add(ServiceCall.of(service(i), service(random.nextInt(i))));
            calls.add(ServiceCall.of(service(i), service(random.nextInt(i))));
        }
        correlation.topology(Topology.of(calls));
        for (int i = 0; i < SERVICES * KINDS; i++) {
            kinds.add(kind(i));
        }
        for (int i = 0; i < 20_000; i++) {
            next();
        }
    }

    /** Decides on the next alert. */
    int next() {
        NotableAlert kind = kinds.get(random.nextInt(kinds.size()));
        long time = T0 + count / 20;
        AlertId id = new AlertId("bench", "0", count++, 0);
        Alert alert =
                kind.alert().toBuilder()
                        .id(id)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .build();
        return correlation
                .take(new NotableAlert(alert, NotifyReason.NEW, 1))
                .reason()
                .length();
    }

    int live() {
        return correlation.liveEntries();
    }

    private static NotableAlert kind(int i) {
        String service = service(i / KINDS);
        String name = i % KINDS == 0 ? "latency of requests is high" : "errors of requests";
        TreeMap<String, String> identity = new TreeMap<>();
        identity.put("service", service);
        identity.put("name", name);
        return new NotableAlert(
                Alert.builder()
                        .id(new AlertId("bench", "0", i, 0))
                        .tenant("acme")
                        .format(AlertFormat.CANONICAL)
                        .fingerprint(Fingerprint.of("acme", identity))
                        .name(name)
                        .service(service)
                        .severity(Severity.HIGH)
                        .status(AlertStatus.FIRING)
                        .eventTimeMillis(T0)
                        .originalTimeMillis(T0)
                        .build(),
                NotifyReason.NEW,
                1);
    }

    private static String service(int i) {
        return "service-" + i;
    }
}
