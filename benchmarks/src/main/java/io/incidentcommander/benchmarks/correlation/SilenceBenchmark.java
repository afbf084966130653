// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.correlation;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.matching.MatcherSyntax;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import io.incidentcommander.udfs.correlation.silence.Silence;
import io.incidentcommander.udfs.correlation.silence.SilenceIndex;
import io.incidentcommander.udfs.correlation.silence.SilencePeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs an alert to be held against all silences of its tenant; one alert in two is
 * silenced. Silences demand a service and a host; or each hundredth has an expression for the host
 * instead, and nothing else; or all demand the same service, and hosts by expressions.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class SilenceBenchmark {
    private static final int ALERTS = 1_024;

    @Param({"100", "10000", "100000"})
    private int silences;

    @Param({"values", "expressions-1-percent", "expressions-one-service"})
    private String kind;

    private final SilenceIndex index = new SilenceIndex();
    private final List<SilencePeriod> all = new ArrayList<>();
    private final List<LabelSet> alerts = new ArrayList<>();
    private int next;

    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < silences; i++) {
            SilencePeriod period =
                    SilencePeriod.of(
                            new Silence(
                                    "s" + i,
                                    Matchers.of(MatcherSyntax.parse(matchers(i))),
                                    0,
                                    1_000 + i,
                                    "ann",
                                    "bench"),
                            0);
            index.add(period);
            all.add(period);
        }
        for (int i = 0; i < ALERTS; i++) {
            int host = i * 97 % (2 * silences);
            alerts.add(labels(service(host), host(host) + "-eu"));
        }
    }

    @Benchmark
    public Optional<SilencePeriod> index(Cost cost) {
        cost.records++;
        return index.find(alerts.get(next++ % ALERTS), 500);
    }

    @Benchmark
    @Reference
    public Optional<SilencePeriod> tryingAll(Cost cost) {
        cost.records++;
        LabelSet labels = alerts.get(next++ % ALERTS);
        SilencePeriod best = null;
        for (SilencePeriod period : all) {
            if (period.holdsAt(500)
                    && (best == null || period.untilMillis() > best.untilMillis())
                    && period.silence().matchers().match(labels)) {
                best = period;
            }
        }
        return Optional.ofNullable(best);
    }

    private String matchers(int i) {
        String expression = "host=~" + host(i) + "-.+";
        if (kind.equals("expressions-one-service")) {
            return "service=shop," + expression;
        }
        return kind.equals("expressions-1-percent") && i % 100 == 0
                ? expression
                : "service=" + service(i) + ",host=" + host(i) + "-eu";
    }

    private String service(int i) {
        return kind.equals("expressions-one-service") ? "shop" : "service-" + i % 500;
    }

    private static String host(int i) {
        return "host-" + i;
    }

    private static LabelSet labels(String service, String host) {
        return name -> {
            switch (name) {
                case "service":
                    return service;
                case "host":
                    return host;
                default:
                    return "";
            }
        };
    }
}
