// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.Deadline;
import io.incidentcommander.connectors.resilience.Delayer;
import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.connectors.resilience.Priority;
import io.incidentcommander.connectors.resilience.ProtectedCalls;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.model.diagnosis.SpendEntry;
import io.incidentcommander.model.diagnosis.UnusableAnswerException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the models of one family, the preferred first, until one gives an answer that can be used.
 * Each model has its own rate limit, breaker and waits. A model that others stand behind gets half
 * of the time that is left. What was answered before to the very same prompt is not asked again.
 *
 * <p>Guarantee: the future is completed once and never exceptionally, at the latest at the
 * deadline. Nothing blocks but the record, if it does. Thread safe.
 */
public final class ModelRouter implements AutoCloseable {
    private final RouterPolicy policy;
    private final ModelClient client;
    private final AnswerRecord record;
    private final NanoClock clock;
    private final ModelMetrics metrics;
    private final SpendGuard guard;
    private final List<ProtectedCalls> calls = new ArrayList<>();

    /**
     * @param client closed with the router
     * @param delayer for waits and time-outs
     */
    public ModelRouter(
            RouterPolicy policy,
            ModelClient client,
            AnswerRecord record,
            NanoClock clock,
            Delayer delayer,
            ModelMetrics metrics) {
        this.policy = policy;
        this.client = client;
        this.record = record;
        this.clock = clock;
        this.metrics = metrics;
        this.guard = new SpendGuard(policy.caps(), clock);
        for (ModelSpec model : policy.models()) {
            calls.add(
                    new ProtectedCalls(
                            policy.calls(model),
                            BedrockFailures.CHAIN,
                            clock,
                            delayer,
                            metrics.calls(model.id())));
        }
        metrics.hourMicroUsd(guard::hourMicroUsd);
        metrics.dearestIncidentMicroUsd(guard::dearestMicroUsd);
    }

    /**
     * @param incident whose money is spent
     */
    public <T> CompletableFuture<Routed<T>> ask(
            ModelPrompt prompt,
            String incident,
            Priority priority,
            Deadline deadline,
            AnswerReading<T> reading) {
        Inquiry<T> inquiry = new Inquiry<>(prompt, incident, priority, deadline, reading);
        inquiry.begin();
        return inquiry.outcome;
    }

    /**
     * What was spent, to be given to {@link #restore} after a failure.
     *
     * @param epochMinute now
     */
    public List<SpendEntry> spent(long epochMinute) {
        return guard.entries(epochMinute);
    }

    /** Takes over what was spent before, once and before anything is asked. */
    public void restore(List<SpendEntry> before, long epochMinute) {
        guard.restore(before, epochMinute);
    }

    /** Closes the breakers and fills the buckets. */
    public void reset() {
        calls.forEach(ProtectedCalls::reset);
    }

    @Override
    public void close() {
        client.close();
    }

    /** One question on its way through the models. */
    private final class Inquiry<T> {
        private final ModelPrompt prompt;
        private final String incident;
        private final Priority priority;
        private final Deadline deadline;
        private final AnswerReading<T> reading;
        private final CompletableFuture<Routed<T>> outcome = new CompletableFuture<>();
        private final List<DiagnosisFailure> failures = new ArrayList<>();
        private Spend spend = Spend.NONE;

        Inquiry(
                ModelPrompt prompt,
                String incident,
                Priority priority,
                Deadline deadline,
                AnswerReading<T> reading) {
            this.prompt = prompt;
            this.incident = incident;
            this.priority = priority;
            this.deadline = deadline;
            this.reading = reading;
        }

        void begin() {
            try {
                Optional<ModelAnswer> known = record.find(prompt);
                if (known.isPresent()) {
                    T value = reading.read(known.get());
                    metrics.recorded();
                    complete(Optional.of(value));
                    return;
                }
            } catch (IOException | UnusableAnswerException e) {
                // A record that cannot be used is none: the models are there to be asked.
                failures.add(failure(Kind.NOT_RECORDED, policy.models().get(0), e.getMessage()));
            }
            ask(0);
        }

        private void ask(int next) {
            if (next == calls.size() || deadline.isOver()) {
                complete(Optional.empty());
                return;
            }
            ModelSpec model = policy.models().get(next);
            boolean isLast = next == calls.size() - 1;
            long nanos = isLast ? deadline.nanosLeft() : deadline.nanosLeft() / 2;
            calls.get(next)
                    .call(
                            () -> attempt(model),
                            priority,
                            Deadline.in(Duration.ofNanos(nanos), clock),
                            incident.hashCode())
                    .whenComplete(
                            (answer, failure) -> {
                                if (failure != null) {
                                    failed(CallFailures.of(model, failure));
                                    ask(next + 1);
                                } else if (!use(model, answer)) {
                                    ask(next + 1);
                                }
                            });
        }

        private CompletableFuture<ModelAnswer> attempt(ModelSpec model) {
            Spend worst = model.worstCase(prompt.chars(), prompt.mostOutputTokens());
            Optional<String> refused = guard.reserve(incident, worst);
            if (refused.isPresent()) {
                return CompletableFuture.failedFuture(new SpendCapException(refused.get()));
            }
            CompletableFuture<ModelAnswer> answer;
            try {
                answer = client.ask(model, prompt);
            } catch (RuntimeException e) {
                guard.settle(incident, worst, Spend.NONE);
                throw e;
            }
            // Also of an answer that nobody waits for any more: it is paid for all the same.
            return answer.whenComplete(
                    (value, failure) -> {
                        Spend actual = failure == null ? value.spend() : Spend.NONE;
                        guard.settle(incident, worst, actual);
                        metrics.spent(actual);
                    });
        }

        private boolean use(ModelSpec model, ModelAnswer answer) {
            spend = spend.plus(answer.spend());
            try {
                T value = reading.read(answer);
                try {
                    record.keep(prompt, answer);
                } catch (IOException e) {
                    failures.add(
                            failure(Kind.NOT_RECORDED, model, "not recorded: " + e.getMessage()));
                }
                complete(Optional.of(value));
                return true;
            } catch (UnusableAnswerException e) {
                failed(failure(e.kind(), model, e.getMessage()));
                return false;
            } catch (RuntimeException e) {
                failed(failure(Kind.MALFORMED, model, e.toString()));
                return false;
            }
        }

        private void failed(DiagnosisFailure failure) {
            metrics.failed(failure.kind());
            failures.add(failure);
        }

        private void complete(Optional<T> value) {
            outcome.complete(new Routed<>(value, failures, spend));
        }

        private DiagnosisFailure failure(Kind kind, ModelSpec model, String message) {
            return new DiagnosisFailure(
                    kind, DiagnosisSource.model(model.id()), String.valueOf(message));
        }
    }
}
