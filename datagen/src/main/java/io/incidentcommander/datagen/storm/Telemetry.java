// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.datagen.storm.FaultScenario.Spread;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The metrics of the services that the faults of a script reach, and of those next to them, as OTLP
 * gauges: they follow the faults. Where a fault spreads to callers the origin is slow and fails,
 * and callers wait and fail with it; where it spreads to those called there are more requests than
 * anybody can serve. What is full at the origin, such as its memory, shows there alone. A record is
 * computed from its number and time. Not thread safe.
 */
final class Telemetry {
    private static final double SLOWER_SECONDS = 1.2;
    private static final double FAILING = 0.2;
    private static final double MORE_REQUESTS = 5;

    /** What a hop takes off what is felt. */
    private static final double FADING = 0.7;

    private final StormScript script;
    private final List<String> services;
    private final Map<FaultPlan, Map<String, Reached>> reached = new HashMap<>();

    /** When a service is reached by a fault, and how much of it it feels. */
    private static final class Reached {
        final double onset;
        final double share;

        Reached(double onset, double share) {
            this.onset = onset;
            this.share = share;
        }
    }

    Telemetry(StormScript script) {
        this.script = script;
        ServiceGraph graph = script.landscape().graph();
        TreeSet<String> watched = new TreeSet<>();
        for (FaultPlan plan : script.faults()) {
            watched.addAll(plan.affected());
            for (String service : plan.affected()) {
                watched.addAll(graph.dependencyNames(graph.number(service)));
            }
        }
        this.services = new ArrayList<>(watched);
    }

    /**
     * The metrics of one of the services, by turns.
     *
     * @param progress of the fault that goes on, outside [0, 1) if none does
     */
    byte[] render(long record, int second, double progress, long timeMillis) {
        long random = SplitMix.at(script.seed() + 0x7e1e, record);
        String service = services.get((int) Math.floorMod(random, (long) services.size()));
        long own = SplitMix.mix(script.seed() + service.hashCode());
        double slow = 0;
        double failing = 0;
        double more = 0;
        double full = 0;
        if (progress >= 0 && progress < 1 && StormPhase.at(progress) != StormPhase.RECOVERY) {
            FaultPlan plan = script.plan(second);
            Reached here = reached(plan).get(service);
            if (here != null && here.onset <= progress) {
                boolean flood = plan.scenario().spread() == Spread.TO_CALLED;
                slow = SLOWER_SECONDS * here.share * (flood ? 0.5 : 1);
                failing = FAILING * here.share * (flood ? 0.3 : 1);
                more = flood ? MORE_REQUESTS * here.share : 0;
                full = service.equals(plan.origin()) ? 0.3 + 0.4 * progress : 0;
            }
        }
        double requests = (20 + unit(own, 1) * 180) * (1 + more) * wobble(random, 1, 0.06);
        double latency = (0.02 + unit(own, 2) * 0.15 + slow) * wobble(random, 2, 0.08);
        double errors = requests * (0.002 + failing) * wobble(random, 3, 0.15);
        double cpu = Math.min(0.99, (0.2 + unit(own, 4) * 0.15 + more * 0.05 + full * 0.5));
        double memory = Math.min(0.99, 0.3 + unit(own, 5) * 0.2 + full * 0.6);
        return message(service, timeMillis)
                .gauge("requests_per_second", requests)
                .gauge("latency_seconds", latency)
                .gauge("errors_per_second", errors)
                .gauge("cpu_utilization", cpu * wobble(random, 4, 0.04))
                .gauge("memory_utilization", memory * wobble(random, 5, 0.02))
                .bytes();
    }

    /** By service: the origin in full, and each after it less, by how late it is reached. */
    private Map<String, Reached> reached(FaultPlan plan) {
        return reached.computeIfAbsent(plan, Telemetry::reachedBy);
    }

    private static Map<String, Reached> reachedBy(FaultPlan plan) {
        Map<String, Double> onsets = new HashMap<>();
        for (Symptom symptom : plan.symptoms()) {
            onsets.merge(symptom.service(), symptom.onset(), Math::min);
        }
        Map<String, Reached> all = new HashMap<>();
        for (Map.Entry<String, Integer> hop : plan.hops().entrySet()) {
            double onset = onsets.getOrDefault(hop.getKey(), 1.0);
            all.put(hop.getKey(), new Reached(onset, Math.pow(FADING, hop.getValue())));
        }
        return all;
    }

    private static double unit(long random, int which) {
        return SplitMix.unit(SplitMix.at(random, which));
    }

    private static double wobble(long random, int which, double size) {
        return 1 + size * (2 * unit(random, which) - 1);
    }

    private static Otlp message(String service, long timeMillis) {
        return new Otlp(service, timeMillis);
    }

    /** One OTLP message. Names need no escaping. */
    private static final class Otlp {
        private final StringBuilder text = new StringBuilder();
        private final long timeMillis;
        private String between = "";

        Otlp(String service, long timeMillis) {
            this.timeMillis = timeMillis;
            text.append("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[")
                    .append("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"")
                    .append(service)
                    .append("\"}}]},\"scopeMetrics\":[{\"scope\":{\"name\":\"example.agent\"},")
                    .append("\"metrics\":[");
        }

        Otlp gauge(String name, double value) {
            text.append(between)
                    .append("{\"name\":\"")
                    .append(name)
                    .append("\",\"unit\":\"1\",\"gauge\":{\"dataPoints\":[{\"asDouble\":")
                    .append(String.format(Locale.ROOT, "%.5f", value))
                    .append(",\"timeUnixNano\":\"")
                    .append(timeMillis)
                    .append("000000\",\"attributes\":[]}]}}");
            between = ",";
            return this;
        }

        byte[] bytes() {
            return text.append("]}]}]}").toString().getBytes(StandardCharsets.UTF_8);
        }
    }
}
