// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import io.incidentcommander.connectors.diagnosis.ModelMetrics;
import io.incidentcommander.connectors.resilience.CallMetrics;
import io.incidentcommander.connectors.resilience.ErrorBudget;
import io.incidentcommander.connectors.resilience.FailureKind;
import io.incidentcommander.connectors.resilience.Refusal;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.Spend;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/** As counters and gauges of the operator, a group for each model. */
final class FlinkModelMetrics implements ModelMetrics {
    private final MetricGroup group;
    private final Counter microUsd;
    private final Counter inputTokens;
    private final Counter outputTokens;
    private final Counter recorded;
    private final Map<DiagnosisFailure.Kind, Counter> failures;

    FlinkModelMetrics(MetricGroup group) {
        this.group = group;
        this.microUsd = counter(group, "spent_micro_usd");
        this.inputTokens = counter(group, "input_tokens");
        this.outputTokens = counter(group, "output_tokens");
        this.recorded = counter(group, "recorded_answers");
        this.failures =
                counters(DiagnosisFailure.Kind.class, kind -> "model_" + kind.word(), group);
    }

    @Override
    public CallMetrics calls(String model) {
        return calls(group, model);
    }

    /** Of a model of which only the calls are told. */
    static CallMetrics calls(MetricGroup group, String model) {
        return new Calls(group.addGroup("model", model));
    }

    @Override
    public void spent(Spend spend) {
        microUsd.inc(spend.microUsd());
        inputTokens.inc(spend.inputTokens());
        outputTokens.inc(spend.outputTokens());
    }

    @Override
    public void failed(DiagnosisFailure.Kind kind) {
        failures.get(kind).inc();
    }

    @Override
    public void recorded() {
        recorded.inc();
    }

    @Override
    public void hourMicroUsd(LongSupplier value) {
        group.gauge("hour_micro_usd", (Gauge<Long>) value::getAsLong);
    }

    @Override
    public void dearestIncidentMicroUsd(LongSupplier value) {
        group.gauge("dearest_incident_micro_usd", (Gauge<Long>) value::getAsLong);
    }

    private static Counter counter(MetricGroup group, String name) {
        return group.counter(name, new ThreadSafeSimpleCounter());
    }

    private static <E extends Enum<E>> Map<E, Counter> counters(
            Class<E> type, Function<E, String> name, MetricGroup group) {
        Map<E, Counter> counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(constant, counter(group, name.apply(constant)));
        }
        return counters;
    }

    /** Beside counts, how fast errors use up what {@value #OBJECTIVE} answered calls allow. */
    private static final class Calls implements CallMetrics {
        private static final double OBJECTIVE = 0.95;

        private final ErrorBudget budget = new ErrorBudget(OBJECTIVE);
        private final MetricGroup group;
        private final Counter succeeded;
        private final Counter nanos;
        private final Counter retried;
        private final Map<FailureKind, Counter> failed;
        private final Map<Refusal, Counter> refused;

        Calls(MetricGroup group) {
            this.group = group;
            this.succeeded = counter(group, "succeeded");
            this.nanos = counter(group, "answer_nanos");
            this.retried = counter(group, "retried");
            group.gauge("error_budget_burn_1h", (Gauge<Double>) () -> burn(1));
            group.gauge("error_budget_burn_6h", (Gauge<Double>) () -> burn(6));
            this.failed =
                    counters(
                            FailureKind.class,
                            kind -> "failed_" + kind.name().toLowerCase(Locale.ROOT),
                            group);
            this.refused =
                    counters(
                            Refusal.class,
                            refusal -> "refused_" + refusal.name().toLowerCase(Locale.ROOT),
                            group);
        }

        @Override
        public void succeeded(long took) {
            succeeded.inc();
            nanos.inc(took);
            record(ErrorBudget.CallResult.GOOD);
        }

        @Override
        public void failed(FailureKind kind) {
            failed.get(kind).inc();
            if (kind != FailureKind.WITHHELD) { // Of which the service knows nothing.
                record(ErrorBudget.CallResult.ERROR);
            }
        }

        private void record(ErrorBudget.CallResult result) {
            synchronized (budget) {
                budget.record(System.currentTimeMillis(), result);
            }
        }

        private double burn(int hours) {
            synchronized (budget) {
                return budget.burnRate(System.currentTimeMillis(), Duration.ofHours(hours));
            }
        }

        @Override
        public void retried(long waitMillis) {
            retried.inc();
        }

        @Override
        public void refused(Refusal refusal) {
            refused.get(refusal).inc();
        }

        @Override
        public void gauge(String name, DoubleSupplier value) {
            group.gauge(name, (Gauge<Double>) value::getAsDouble);
        }
    }
}
