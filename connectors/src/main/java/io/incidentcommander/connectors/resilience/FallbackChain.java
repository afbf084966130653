// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Roads to an answer, the best first, and a last one that cannot fail. Immutable, thread safe.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class FallbackChain<I, O> {
    private final List<Road<I, O>> roads;
    private final String lastName;
    private final Function<I, O> last;

    private FallbackChain(List<Road<I, O>> roads, String lastName, Function<I, O> last) {
        this.roads = List.copyOf(roads);
        this.lastName = lastName;
        this.last = last;
    }

    /** The last road; it must always give an answer, if only "ask a human". */
    public static <I, O> FallbackChain<I, O> endingWith(String name, Function<I, O> last) {
        return new FallbackChain<>(List.of(), name, last);
    }

    /** Another road, to be tried after those before it. */
    public FallbackChain<I, O> before(String name, Function<I, CompletionStage<O>> road) {
        List<Road<I, O>> more = new ArrayList<>(roads);
        more.add(new Road<>(name, road));
        return new FallbackChain<>(more, lastName, last);
    }

    /** Tries one road after the other. Fails only if the last one throws. */
    public CompletableFuture<Answer<O>> ask(I question) {
        CompletableFuture<Answer<O>> answer = new CompletableFuture<>();
        ask(question, 0, new ArrayList<>(), answer);
        return answer;
    }

    private void ask(
            I question, int next, List<String> missed, CompletableFuture<Answer<O>> answer) {
        if (next == roads.size()) {
            try {
                answer.complete(new Answer<>(last.apply(question), lastName, missed));
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
            return;
        }
        Road<I, O> road = roads.get(next);
        CompletionStage<O> stage;
        try {
            stage = road.way.apply(question);
        } catch (RuntimeException failure) {
            stage = CompletableFuture.failedFuture(failure);
        }
        stage.whenComplete(
                (value, failure) -> {
                    if (failure == null) {
                        answer.complete(new Answer<>(value, road.name, missed));
                    } else {
                        Throwable cause = FailureClassifier.unwrapped(failure);
                        missed.add(road.name + ": " + cause.getMessage());
                        ask(question, next + 1, missed, answer);
                    }
                });
    }

    private static final class Road<I, O> {
        private final String name;
        private final Function<I, CompletionStage<O>> way;

        Road(String name, Function<I, CompletionStage<O>> way) {
            this.name = name;
            this.way = way;
        }
    }

    /** An answer, the road it came by, and why not by a better one. Immutable. */
    public static final class Answer<O> {
        private final O value;
        private final String road;
        private final List<String> missed;

        Answer(O value, String road, List<String> missed) {
            this.value = value;
            this.road = road;
            this.missed = List.copyOf(missed);
        }

        public O value() {
            return value;
        }

        public String road() {
            return road;
        }

        /** A line for each better road, with what it failed by. */
        public List<String> missed() {
            return missed;
        }
    }
}
