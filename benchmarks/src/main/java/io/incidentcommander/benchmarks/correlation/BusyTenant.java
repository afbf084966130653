// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A tenant of 5,000 services, each of which calls two of those before it, and alerts of them at
 * 20,000 a second of event time: every service has alerts of two kinds.
 */
final class BusyTenant {
    static final String TENANT = "acme";

    private static final int SERVICES = 5_000;
    private static final int KINDS = 2;
    private static final int A_MILLISECOND = 20;
    private static final long T0 = 1_700_000_000_000L;

    private final List<NotableAlert> kinds = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private long count;

    BusyTenant() {
        for (int i = 0; i < SERVICES * KINDS; i++) {
            kinds.add(kind(i));
        }
    }

    static List<ServiceCall> calls() {
        SplittableRandom random = new SplittableRandom(8);
        List<ServiceCall> calls = new ArrayList<>();
        for (int i = 1; i < SERVICES; i++) {
            calls.add(ServiceCall.of(service(i), service(random.nextInt(i))));
            calls.add(ServiceCall.of(service(i), service(random.nextInt(i))));
        }
        return calls;
    }

    /**
     * @param live entries at most
     */
    static CorrelationPolicy policy(int live) {
        return new CorrelationPolicy(
                300_000, live, 0.01, new NoveltyBudget(1), new TierCost(new BigDecimal("100")));
    }

    NotableAlert next() {
        NotableAlert kind = kinds.get(random.nextInt(kinds.size()));
        long time = T0 + count / A_MILLISECOND;
        AlertId id = new AlertId("bench", "0", count++, 0);
        Alert alert =
                kind.alert().toBuilder()
                        .id(id)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .build();
        return new NotableAlert(alert, NotifyReason.NEW, 1);
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
                        .tenant(TENANT)
                        .format(AlertFormat.CANONICAL)
                        .fingerprint(Fingerprint.of(TENANT, identity))
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
