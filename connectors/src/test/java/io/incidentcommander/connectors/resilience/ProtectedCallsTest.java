// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProtectedCallsTest {
    private static final RateLimit PLENTY = RateLimit.of(1000, Duration.ofSeconds(1), 1000);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final Recorded metrics = new Recorded();
    private final Service service = new Service();

    @Test
    void anAnswerPassesThrough() {
        service.answers("yes");

        assertThat(call(calls(policy())).join()).isEqualTo("yes");
        assertThat(service.asked).isEqualTo(1);
        assertThat(time.pending()).as("timers left behind").isZero();
    }

    @Test
    void whatMayPassIsTriedAgain() {
        service.fails(new IOException("reset")).fails(new Throttled()).answers("third time");
        CompletableFuture<String> answer = call(calls(policy()));

        assertThat(answer).isNotDone();
        time.advance(Duration.ofSeconds(2));

        assertThat(answer.join()).isEqualTo("third time");
        assertThat(metrics.failed).containsExactly(FailureKind.TRANSIENT, FailureKind.THROTTLED);
    }

    @Test
    void whatIsWrongIsNotRepeated() {
        service.fails(new IllegalArgumentException("no such model"));

        CallFailedException failure = failure(call(calls(policy())));

        assertThat(failure.kind()).contains(FailureKind.PERMANENT);
        assertThat(failure)
                .hasMessage(
                        "service: permanent after 1 attempt, last failure: "
                                + "java.lang.IllegalArgumentException: no such model");
        assertThat(service.asked).isEqualTo(1);
    }

    @Test
    void aClientThatThrowsIsAFailedAttempt() {
        CompletableFuture<String> answer =
                calls(policy())
                        .call(
                                () -> {
                                    throw new IllegalStateException("closed");
                                },
                                Priority.NORMAL,
                                Deadline.in(MINUTE, time),
                                0);

        assertThat(failure(answer).kind()).contains(FailureKind.PERMANENT);
    }

    @Test
    void attemptsEnd() {
        service.fails(new IOException("1")).fails(new IOException("2")).fails(new IOException("3"));
        CompletableFuture<String> answer = call(calls(policy(3)));
        time.advance(MINUTE);

        assertThat(failure(answer).refusal()).contains(Refusal.ATTEMPTS);
        assertThat(failure(answer).attempts()).isEqualTo(3);
        assertThat(service.asked).isEqualTo(3);
    }

    /** What hangs a job for good with the retries that Flink 1.20 brings. */
    @Test
    void aServiceThatHangsAgainAndAgainHoldsNobodyPastTheDeadline() {
        service.hangs().hangs().hangs().hangs();
        CompletableFuture<String> answer = call(calls(policy()));
        time.advance(Duration.ofSeconds(59));
        assertThat(answer).isNotDone();
        time.advance(Duration.ofSeconds(1));

        assertThat(failure(answer).refusal()).contains(Refusal.DEADLINE);
        assertThat(service.asked).isGreaterThan(1);
        assertThat(time.pending()).as("timers left behind").isZero();
    }

    @Test
    void anAnswerAfterTheDeadlineIsDropped() {
        service.hangs();
        ProtectedCalls calls = calls(policy().attemptTimeout(Duration.ofMinutes(5)));
        CompletableFuture<String> answer = call(calls);
        time.advance(MINUTE);
        service.hanging.get(0).complete("too late");

        assertThat(failure(answer).refusal()).contains(Refusal.DEADLINE);
    }

    @Test
    void moreThanTheBulkheadHoldsAreRefusedAtOnce() {
        service.hangs().hangs().answers("there is room");
        ProtectedCalls calls = calls(policy().concurrent(2));
        CompletableFuture<String> first = call(calls);
        call(calls);

        assertThat(failure(call(calls)).refusal()).contains(Refusal.BULKHEAD_FULL);
        assertThat(service.asked).isEqualTo(2);

        service.hanging.get(0).complete("done");
        assertThat(first).isCompleted();
        assertThat(call(calls).join()).isEqualTo("there is room");
    }

    @Test
    void fiveFailuresInARowOpenTheBreakerAndNothingIsCalledAnyMore() {
        ProtectedCalls calls = calls(policy(1));
        for (int i = 0; i < 4; i++) {
            service.fails(new IOException("down"));
            failure(call(calls));
        }
        assertThat(calls.isOpen()).isFalse();
        service.fails(new IOException("down"));
        failure(call(calls));

        assertThat(calls.isOpen()).isTrue();
        assertThat(metrics.gauge("breaker_state")).isEqualTo(2);
        assertThat(failure(call(calls)).refusal()).contains(Refusal.BREAKER_OPEN);
        assertThat(service.asked).isEqualTo(5);
    }

    @Test
    void aSuccessBetweenFailuresKeepsTheBreakerClosed() {
        ProtectedCalls calls = calls(policy(1));
        for (int i = 0; i < 12; i++) {
            if (i % 5 == 4) {
                service.answers("up");
                call(calls).join();
            } else {
                service.fails(new IOException("down"));
                failure(call(calls));
            }
        }

        assertThat(calls.isOpen()).isFalse();
    }

    @Test
    void throttlingAndWrongRequestsDoNotOpenTheBreaker() {
        ProtectedCalls calls = calls(policy(1));
        for (int i = 0; i < 10; i++) {
            service.fails(new Throttled());
            failure(call(calls));
        }
        assertThat(calls.isOpen()).as("throttled ten times in a row").isFalse();
        for (int i = 0; i < 10; i++) {
            service.fails(new IllegalArgumentException("wrong"));
            failure(call(calls));
        }

        assertThat(calls.isOpen()).isFalse();
        assertThat(metrics.gauge("rate_share")).isLessThan(1);
    }

    @Test
    void twoOfThreeTrialsCloseTheBreaker() {
        ProtectedCalls calls = calls(policy(1).breaker(new BreakerPolicy(5, Duration.ZERO, 3, 2)));
        open(calls);
        service.answers("a").answers("b");
        call(calls).join();
        assertThat(metrics.gauge("breaker_state")).as("half open").isEqualTo(1);
        call(calls).join();

        assertThat(metrics.gauge("breaker_state")).as("closed").isZero();
    }

    @Test
    void noMoreThanThreeTrialsAtOnce() {
        ProtectedCalls calls = calls(policy(1).breaker(new BreakerPolicy(5, Duration.ZERO, 3, 2)));
        open(calls);
        service.hangs().hangs().hangs();
        call(calls);
        call(calls);
        call(calls);

        assertThat(failure(call(calls)).refusal()).contains(Refusal.BREAKER_OPEN);
    }

    @Test
    void throttledTrialsDoNotKeepTheBreakerHalfOpenForEver() {
        ProtectedCalls calls = calls(policy(1).breaker(new BreakerPolicy(5, Duration.ZERO, 3, 2)));
        open(calls);
        for (int i = 0; i < 6; i++) {
            service.fails(new Throttled());
            failure(call(calls));
        }
        service.answers("a").answers("b");
        time.advance(MINUTE);

        assertThat(call(calls).join()).isEqualTo("a");
    }

    @Test
    void trialsThatWereNotSentDoNotCloseTheBreaker() {
        ProtectedCalls calls = calls(policy(1).breaker(new BreakerPolicy(5, Duration.ZERO, 3, 2)));
        open(calls);
        for (int i = 0; i < 3; i++) {
            service.fails(new Withheld());
            assertThat(failure(call(calls)).kind()).contains(FailureKind.WITHHELD);
        }

        assertThat(metrics.gauge("breaker_state")).as("not closed").isNotZero();
    }

    @Test
    void anOperatorMayResetIt() {
        ProtectedCalls calls = calls(policy(1));
        open(calls);
        calls.reset();
        service.answers("well again");

        assertThat(call(calls).join()).isEqualTo("well again");
    }

    @Test
    void callsOverTheRateWaitForTheirToken() {
        ProtectedCalls calls = calls(policy().rate(RateLimit.of(1, Duration.ofSeconds(1), 1)));
        service.answers("a").answers("b");
        call(calls, Priority.CRITICAL).join();
        CompletableFuture<String> second = call(calls, Priority.CRITICAL);

        time.advance(Duration.ofMillis(999));
        assertThat(second).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(second.join()).isEqualTo("b");
    }

    @Test
    void aTokenThatComesAfterTheDeadlineIsNotWaitedFor() {
        ProtectedCalls calls = calls(policy().rate(RateLimit.of(1, Duration.ofHours(1), 1)));
        service.answers("a");
        call(calls, Priority.CRITICAL).join();

        assertThat(failure(call(calls, Priority.CRITICAL)).refusal())
                .contains(Refusal.RATE_LIMITED);
    }

    @Property(tries = 500)
    void everyCallEndsOnceByItsDeadlineAndLeavesNothingBehind(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 4) Integer> script,
            @ForAll @IntRange(min = 1, max = 5) int atOnce) {
        ManualTime clock = new ManualTime();
        Service any = new Service();
        ProtectedCalls calls =
                new ProtectedCalls(
                        policy().concurrent(atOnce), CHAIN, clock, clock, CallMetrics.none());
        script.forEach(any::willBe);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < script.size(); i++) {
            answers.add(calls.call(any::ask, Priority.NORMAL, Deadline.in(MINUTE, clock), i));
            clock.advance(Duration.ofMillis(script.get(i) * 700L));
        }
        clock.advance(MINUTE);

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(clock.pending()).as("timers left behind").isZero();
        calls.reset();
        Service well = new Service();
        for (int i = 0; i < atOnce; i++) {
            well.hangs();
            CompletableFuture<String> held =
                    calls.call(well::ask, Priority.CRITICAL, Deadline.in(MINUTE, clock), i);
            assertThat(held).as("a permit was lost").isNotDone();
        }
    }

    private static final List<FailureClassifier> CHAIN =
            List.of(
                    failure ->
                            failure instanceof Throttled
                                    ? Optional.of(FailureKind.THROTTLED)
                                    : Optional.empty(),
                    failure ->
                            failure instanceof Withheld
                                    ? Optional.of(FailureKind.WITHHELD)
                                    : Optional.empty(),
                    FailureClassifier.NETWORK);

    private static CallPolicy policy() {
        return CallPolicy.of("service", PLENTY, CallPolicy.MODEL_CAP);
    }

    private static CallPolicy policy(int attempts) {
        return policy().retry(
                        RetryDelay.of(
                                RetryDelay.Growth.EXPONENTIAL,
                                Duration.ofMillis(100),
                                Duration.ofSeconds(1)),
                        attempts);
    }

    private ProtectedCalls calls(CallPolicy policy) {
        return new ProtectedCalls(policy, CHAIN, time, time, metrics);
    }

    private CompletableFuture<String> call(ProtectedCalls calls) {
        return call(calls, Priority.NORMAL);
    }

    private CompletableFuture<String> call(ProtectedCalls calls, Priority priority) {
        return calls.call(service::ask, priority, Deadline.in(MINUTE, time), 7);
    }

    private void open(ProtectedCalls calls) {
        for (int i = 0; i < 5; i++) {
            service.fails(new IOException("down"));
            failure(call(calls));
        }
    }

    private static CallFailedException failure(CompletableFuture<String> answer) {
        assertThat(answer).isCompletedExceptionally();
        try {
            return (CallFailedException) answer.handle((value, failure) -> failure).join();
        } catch (CompletionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class Throttled extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Withheld extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Does what it was told, in this order; when that is used up, it fails the test. */
    private static final class Service {
        private final Deque<CompletableFuture<String>> script = new ArrayDeque<>();
        private final List<CompletableFuture<String>> hanging = new ArrayList<>();
        private int asked;

        Service answers(String answer) {
            script.add(CompletableFuture.completedFuture(answer));
            return this;
        }

        Service fails(Exception failure) {
            script.add(CompletableFuture.failedFuture(failure));
            return this;
        }

        Service hangs() {
            CompletableFuture<String> never = new CompletableFuture<>();
            hanging.add(never);
            script.add(never);
            return this;
        }

        void willBe(int kind) {
            switch (kind) {
                case 0:
                    answers("ok");
                    break;
                case 1:
                    fails(new IOException("reset"));
                    break;
                case 2:
                    fails(new Throttled());
                    break;
                case 3:
                    hangs();
                    break;
                default:
                    fails(new IllegalArgumentException("wrong"));
            }
        }

        CompletableFuture<String> ask() {
            asked++;
            CompletableFuture<String> next = script.poll();
            return next == null ? new CompletableFuture<>() : next;
        }
    }

    private static final class Recorded implements CallMetrics {
        private final List<FailureKind> failed = new ArrayList<>();
        private final Map<String, DoubleSupplier> gauges = new HashMap<>();

        double gauge(String name) {
            return gauges.get(name).getAsDouble();
        }

        @Override
        public void succeeded(long nanos) {}

        @Override
        public void failed(FailureKind kind) {
            failed.add(kind);
        }

        @Override
        public void retried(long waitMillis) {}

        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void gauge(String name, DoubleSupplier value) {
            gauges.put(name, value);
        }
    }
}
