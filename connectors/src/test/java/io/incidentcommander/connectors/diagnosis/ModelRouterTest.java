// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.connectors.resilience.Deadline;
import io.incidentcommander.connectors.resilience.ManualTime;
import io.incidentcommander.connectors.resilience.Priority;
import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.model.diagnosis.SpendEntry;
import io.incidentcommander.model.diagnosis.UnusableAnswerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.bedrockruntime.model.AccessDeniedException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** By a clock that only the test moves. */
class ModelRouterTest {
    private static final Duration DEADLINE = Duration.ofSeconds(180);
    private static final Spend COST = new Spend(100, 10, 40_000);

    private final ManualTime time = new ManualTime();
    private final Models models = new Models();
    private AnswerRecord record = AnswerRecord.none();
    private SpendCaps caps = new SpendCaps(1_000_000, 1_000_000);

    @Test
    void asksThePreferredModelAloneWhileItAnswers() {
        Routed<String> routed = ask(router(), "i").join();

        assertThat(routed.value()).contains("said by vendor.large-v1:0");
        assertThat(routed.failures()).isEmpty();
        assertThat(routed.spend()).isEqualTo(COST);
        assertThat(models.asked).containsExactly("vendor.large-v1:0");
        assertThat(time.pending()).as("timers left behind").isZero();
    }

    @Test
    void failsOverWhenThePreferredModelHangsAndEndsByTheDeadlineWhenAllDo() {
        models.behave(Prompts.LARGE, CompletableFuture::new);
        CompletableFuture<Routed<String>> first = ask(router(), "i");
        time.advance(Duration.ofSeconds(91));

        assertThat(first.join().value()).contains("said by vendor.small-v1:0");
        assertThat(first.join().failures())
                .extracting(DiagnosisFailure::kind)
                .containsExactly(Kind.TIMED_OUT);

        models.behave(Prompts.SMALL, CompletableFuture::new);
        CompletableFuture<Routed<String>> second = ask(router(), "j");
        time.advance(Duration.ofSeconds(180));

        assertThat(second.join().value()).isEmpty();
        assertThat(second.join().failures()).hasSize(2);
    }

    @Test
    void waitsLongerEachTimeWhileItIsThrottledAndThenGetsItsAnswer() {
        int[] left = {3};
        models.behave(
                Prompts.LARGE,
                () ->
                        left[0]-- > 0
                                ? CompletableFuture.failedFuture(
                                        ThrottlingException.builder().message("less").build())
                                : models.good(Prompts.LARGE));
        CompletableFuture<Routed<String>> answer = ask(router(), "i");

        time.advance(Duration.ofMillis(400));
        assertThat(models.asked).hasSize(1);
        time.advance(Duration.ofSeconds(30));

        assertThat(answer.join().value()).contains("said by vendor.large-v1:0");
        assertThat(models.asked).hasSize(4).containsOnly("vendor.large-v1:0");
    }

    @Test
    void incidentsThatAreThrottledTogetherComeBackApart() {
        List<Long> asked = new ArrayList<>();
        models.behave(
                Prompts.LARGE,
                () -> {
                    asked.add(time.nanos());
                    return CompletableFuture.failedFuture(
                            ThrottlingException.builder().message("less").build());
                });
        ModelRouter router = router();
        List.of("i", "j", "k").forEach(incident -> ask(router, incident));
        assertThat(asked).as("all at once").hasSize(3).containsOnly(asked.get(0));
        time.advance(Duration.ofSeconds(1));

        assertThat(asked.subList(3, asked.size())).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aModelThatMayNotBeAskedIsPassedOverAtOnce() {
        models.behave(
                Prompts.LARGE,
                () ->
                        CompletableFuture.failedFuture(
                                AccessDeniedException.builder().statusCode(403).build()));

        Routed<String> routed = ask(router(), "i").join();

        assertThat(routed.value()).contains("said by vendor.small-v1:0");
        assertThat(routed.failures())
                .extracting(DiagnosisFailure::kind)
                .containsExactly(Kind.REFUSED);
    }

    @Test
    void aModelThatFailedFiveTimesIsLeftAlone() {
        models.behave(
                Prompts.LARGE, () -> CompletableFuture.failedFuture(new IOException("reset")));
        ModelRouter router = router();
        ask(router, "i");
        time.advance(DEADLINE);
        models.asked.clear();

        Routed<String> routed = ask(router, "j").join();

        assertThat(routed.value()).contains("said by vendor.small-v1:0");
        assertThat(models.asked).containsExactly("vendor.small-v1:0");
        router.reset();
        models.behave(Prompts.LARGE, () -> models.good(Prompts.LARGE));
        assertThat(ask(router, "k").join().value()).contains("said by vendor.large-v1:0");
    }

    @Test
    void anAnswerThatCannotBeUsedGoesToTheNextModelAndIsPaidFor() {
        AnswerReading<String> onlySmall =
                answer -> {
                    if (answer.model().equals(Prompts.LARGE.id())) {
                        throw new UnusableAnswerException(Kind.UNKNOWN_EVIDENCE, "A9999");
                    }
                    return answer.model();
                };
        Routed<String> routed =
                router().ask(
                                Prompts.prompt("a"),
                                "i",
                                Priority.NORMAL,
                                Deadline.in(DEADLINE, time),
                                onlySmall)
                        .join();

        assertThat(routed.value()).contains(Prompts.SMALL.id());
        assertThat(routed.spend()).isEqualTo(COST.plus(COST));
        assertThat(routed.failures())
                .extracting(DiagnosisFailure::kind)
                .containsExactly(Kind.UNKNOWN_EVIDENCE);
    }

    @Test
    void anIncidentSpendsNoMoreThanItsCapAndAnotherStillMay() {
        caps = new SpendCaps(45_000, 1_000_000);
        ModelRouter router = router();

        assertThat(ask(router, "i").join().value()).isPresent();
        Routed<String> second = ask(router, "i", Prompts.prompt("x".repeat(40_000))).join();
        assertThat(second.value()).isEmpty();
        assertThat(second.failures())
                .extracting(DiagnosisFailure::kind)
                .containsOnly(Kind.SPEND_CAP);
        assertThat(ask(router, "j").join().value()).isPresent();
    }

    @Test
    void anHourSpendsNoMoreThanItsCapHoweverManyAskAtOnceAndTheNextHourMayAgain() {
        caps = new SpendCaps(1_000_000, 100_000);
        models.behave(Prompts.LARGE, () -> models.good(Prompts.LARGE));
        ModelRouter router = router();
        long answered = 0;
        for (int i = 0; i < 8; i++) {
            answered += ask(router, "i" + i).join().value().isPresent() ? 1 : 0;
        }
        assertThat(answered).isBetween(2L, 3L);

        time.advance(Duration.ofMinutes(61));
        assertThat(ask(router, "later").join().value()).isPresent();
    }

    @Test
    void worstCasesOfCallsUnderWayCountToo() {
        SpendGuard guard = new SpendGuard(new SpendCaps(100, 150), time);
        Spend worst = new Spend(1, 1, 80);

        assertThat(guard.reserve("i", worst)).isEmpty();
        assertThat(guard.reserve("i", worst)).isPresent();
        assertThat(guard.reserve("j", worst)).isPresent();
        guard.settle("i", worst, new Spend(1, 1, 10));
        assertThat(guard.reserve("j", worst)).isEmpty();
        assertThat(guard.hourMicroUsd()).isEqualTo(10);
    }

    @Test
    void aRestartForgetsNothingThatWasSpentAndCountsCallsUnderWayAtTheirWorst() {
        Spend worst = new Spend(1, 1, 80);
        SpendGuard before = new SpendGuard(new SpendCaps(100, 1_000), time);
        time.advance(Duration.ofMinutes(90));
        before.reserve("early", worst);
        before.settle("early", worst, new Spend(1, 1, 30));
        time.advance(Duration.ofMinutes(40));
        before.reserve("under way", worst);
        List<SpendEntry> kept = before.entries(1_000);

        SpendGuard after = new SpendGuard(new SpendCaps(100, 1_000), time);
        after.restore(kept, 1_005);
        assertThat(after.hourMicroUsd()).isEqualTo(110);
        assertThat(after.dearestMicroUsd()).isEqualTo(80);
        assertThat(after.reserve("under way", worst)).isPresent();
        assertThat(after.reserve("early", worst)).isPresent();
        assertThat(after.reserve("new", worst)).isEmpty();
        // Whoever restored it has it still: written down twice it would count twice.
        assertThat(after.entries(1_005))
                .filteredOn(SpendEntry::isOfIncident)
                .containsExactly(SpendEntry.ofIncident("new", 80));

        SpendGuard later = new SpendGuard(new SpendCaps(100, 1_000), time);
        later.restore(kept, 1_025);
        assertThat(later.hourMicroUsd()).isEqualTo(80);
        SpendGuard muchLater = new SpendGuard(new SpendCaps(100, 1_000), time);
        muchLater.restore(kept, 1_060);
        assertThat(muchLater.hourMicroUsd()).isZero();
        assertThat(muchLater.reserve("under way", worst)).isPresent();
    }

    @Test
    void whatWasSpentByAClockThatWasSetBackCountsAnHourFromNow() {
        SpendGuard guard = new SpendGuard(new SpendCaps(100, 100), time);
        guard.restore(List.of(SpendEntry.ofMinute(1_010, 80)), 1_000);

        time.advance(Duration.ofMinutes(59));
        assertThat(guard.hourMicroUsd()).isEqualTo(80);
        time.advance(Duration.ofMinutes(1));
        assertThat(guard.hourMicroUsd()).isZero();
    }

    @Test
    void whatWasAnsweredIsNotAskedAgainAndAReplayAsksNobody(@TempDir Path directory) {
        record = new DirectoryAnswerRecord(directory);
        Routed<String> live = ask(router(), "i").join();
        models.asked.clear();

        assertThat(ask(router(), "i").join().value()).isEqualTo(live.value());
        assertThat(models.asked).isEmpty();

        RecordedAnswers replay = new RecordedAnswers(new DirectoryAnswerRecord(directory));
        assertThat(replay.ask(Prompts.prompt("a"), ModelRouterTest::read).value())
                .isEqualTo(live.value());
        assertThat(replay.ask(Prompts.prompt("b"), ModelRouterTest::read).failures())
                .extracting(DiagnosisFailure::kind)
                .containsExactly(Kind.NOT_RECORDED);
        assertThat(models.asked).isEmpty();
    }

    @Test
    void theFirstAnswerToAPromptStays(@TempDir Path directory) throws Exception {
        AnswerRecord answers = new DirectoryAnswerRecord(directory);
        answers.keep(Prompts.prompt("a"), new ModelAnswer("m", "first", COST));
        answers.keep(Prompts.prompt("a"), new ModelAnswer("m", "second", COST));

        assertThat(answers.find(Prompts.prompt("a")).orElseThrow().toolInput()).isEqualTo("first");
        assertThat(directory.toFile().list()).as("nothing left aside").hasSize(1);
    }

    @Test
    void theMoneyOfAnHourIsDividedAmongRoutersAndThatOfAnIncidentIsNot() {
        SpendGuard half = new SpendGuard(new SpendCaps(100, 150).shared(2), time);

        assertThat(half.reserve("i", new Spend(1, 1, 76))).isPresent();
        assertThat(half.reserve("i", new Spend(1, 1, 75))).isEmpty();
        SpendGuard all = new SpendGuard(new SpendCaps(100, 1_000).shared(2), time);
        assertThat(all.reserve("i", new Spend(1, 1, 100))).isEmpty();
    }

    @Test
    void modelsOfTwoFamiliesAreTwoRouters() {
        ModelSpec other = new ModelSpec("o", "other", RateLimit.LARGE_MODEL, 1, 1);

        assertThatThrownBy(() -> RouterPolicy.of(List.of(Prompts.LARGE, other), caps))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ModelRouter router() {
        return new ModelRouter(
                RouterPolicy.of(List.of(Prompts.LARGE, Prompts.SMALL), caps),
                models,
                record,
                time,
                time,
                ModelMetrics.none());
    }

    private CompletableFuture<Routed<String>> ask(ModelRouter router, String incident) {
        return ask(router, incident, Prompts.prompt("a"));
    }

    private CompletableFuture<Routed<String>> ask(
            ModelRouter router, String incident, ModelPrompt prompt) {
        return router.ask(
                prompt,
                incident,
                Priority.NORMAL,
                Deadline.in(DEADLINE, time),
                ModelRouterTest::read);
    }

    private static String read(ModelAnswer answer) {
        return answer.toolInput();
    }

    /** Models that do as they are told. */
    private static final class Models implements ModelClient {
        private final List<String> asked = new ArrayList<>();
        private final Map<String, Supplier<CompletableFuture<ModelAnswer>>> behaviours =
                new HashMap<>();

        void behave(ModelSpec model, Supplier<CompletableFuture<ModelAnswer>> behaviour) {
            behaviours.put(model.id(), behaviour);
        }

        CompletableFuture<ModelAnswer> good(ModelSpec model) {
            return CompletableFuture.completedFuture(
                    new ModelAnswer(model.id(), "said by " + model.id(), COST));
        }

        @Override
        public CompletableFuture<ModelAnswer> ask(ModelSpec model, ModelPrompt prompt) {
            asked.add(model.id());
            return behaviours.getOrDefault(model.id(), () -> good(model)).get();
        }

        @Override
        public void close() {}
    }
}
