// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling.flapping;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.sampling.FlapHistory;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells an alert that flaps once: while it does it counts as firing, and its comings and goings are
 * repeats. With hysteresis: it begins at many changes in a window, and ends at few. When it ends,
 * and the last word was that it is resolved, that goes on.
 *
 * <p>Where a pause is set, an alert that usually clears by itself waits before it goes on; if it
 * clears meanwhile, neither goes on. An escalation never waits. Pure.
 */
public final class FlapDetection {
    private static final String FLAPPED =
            "flapping: it comes and goes, and counts as firing until it is steady";
    private static final long DAY_MILLIS = 86_400_000;

    private final FlapPolicy policy;

    public FlapDetection(FlapPolicy policy) {
        this.policy = policy;
    }

    /** Decides on one alert; alerts of a fingerprint come in order. */
    public FlapDecision decide(FlapHistory before, NotableAlert alert) {
        long now = alert.alert().eventTimeMillis();
        FlapHistory history = counted(before, alert, now);
        boolean resolved = isResolved(alert);
        if (alert.reason() == NotifyReason.ESCALATED) {
            return pass(history, alert);
        }
        if (history.isFlapping()) {
            boolean toldOfIt = before.isFlapping() || resolved;
            return toldOfIt ? keep(history, alert) : pass(history, alert);
        }
        if (resolved && history.waiting().filter(w -> !isResolved(w)).isPresent()) {
            return cleared(history, alert);
        }
        if (!resolved && policy.usuallyClears(history.episodes(), history.shortEpisodes())) {
            return keep(history, alert);
        }
        return pass(history, alert);
    }

    /** At the time that {@link #dueAt} named: what waited may go, or is a repeat after all. */
    public FlapDecision due(FlapHistory before, long now) {
        long[] changes = recent(before.changes(), now);
        boolean flapping = before.isFlapping() && changes.length > policy.endsAt();
        FlapHistory history = before.withChanges(changes, flapping);
        Optional<NotableAlert> waiting = history.waiting();
        if (flapping || waiting.isEmpty()) {
            return new FlapDecision(history, List.of(), List.of(), "");
        }
        if (before.isFlapping() && !isResolved(waiting.get())) {
            return new FlapDecision(
                    history.waiting(Optional.empty()), List.of(), List.of(waiting.get()), FLAPPED);
        }
        if (!before.isFlapping()
                && now < waiting.get().alert().eventTimeMillis() + policy.pauseMillis()) {
            return new FlapDecision(history, List.of(), List.of(), "");
        }
        NotableAlert late = at(waiting.get(), now);
        return new FlapDecision(history.told(late.alert().id()), List.of(late), List.of(), "");
    }

    /** When something is due next; empty if there is nothing to remember beyond {@code now}. */
    public Optional<Long> dueAt(FlapHistory history, long now) {
        long[] changes = history.changes();
        if (history.isFlapping()) {
            int last = changes.length - 1 - policy.endsAt();
            return Optional.of(last < 0 ? 0 : changes[last] + window()); // Of another policy: over.
        }
        if (history.waiting().isPresent()) {
            return Optional.of(
                    history.waiting().get().alert().eventTimeMillis() + policy.pauseMillis());
        }
        Optional<Long> due =
                changes.length == 0
                        ? Optional.empty()
                        : Optional.of(changes[changes.length - 1] + window());
        if (policy.pauses()) {
            due = Optional.of(Math.max(due.orElse(0L), history.firedAtMillis() + DAY_MILLIS));
        }
        return due.filter(time -> time > now);
    }

    private FlapHistory counted(FlapHistory before, NotableAlert alert, long now) {
        FlapHistory history = before;
        boolean resolved = isResolved(alert);
        if (resolved && before.firedAtMillis() > 0) {
            boolean soon = policy.pauses() && now - before.firedAtMillis() <= policy.pauseMillis();
            boolean full = before.episodes() >= FlapPolicy.MOST_EPISODES;
            int episodes = full ? before.episodes() / 2 : before.episodes();
            int shortOnes = full ? before.shortEpisodes() / 2 : before.shortEpisodes();
            history = history.withEpisodes(episodes + 1, shortOnes + (soon ? 1 : 0));
        }
        if (!resolved && alert.reason() != NotifyReason.ESCALATED) {
            history = history.fired(now);
        }
        if (policy.beginsAt() == 0 || !resolved && alert.reason() != NotifyReason.RETURNED) {
            return history;
        }
        long[] changes = recent(history.changes(), now);
        int keep = Math.min(changes.length, policy.beginsAt() * 2);
        long[] with = Arrays.copyOfRange(changes, changes.length - keep, changes.length + 1);
        with[with.length - 1] = now;
        boolean flapping =
                before.isFlapping()
                        ? with.length > policy.endsAt()
                        : with.length >= policy.beginsAt();
        return history.withChanges(with, flapping);
    }

    private FlapDecision pass(FlapHistory history, NotableAlert alert) {
        List<NotableAlert> replaced = new ArrayList<>();
        history.waiting().ifPresent(replaced::add);
        return new FlapDecision(
                history.told(alert.alert().id()), List.of(alert), replaced, FLAPPED);
    }

    /** It waits; what waited before it is a repeat. */
    private FlapDecision keep(FlapHistory history, NotableAlert alert) {
        List<NotableAlert> replaced = new ArrayList<>();
        history.waiting().ifPresent(replaced::add);
        return new FlapDecision(history.waiting(Optional.of(alert)), List.of(), replaced, FLAPPED);
    }

    private FlapDecision cleared(FlapHistory history, NotableAlert alert) {
        return new FlapDecision(
                history.waiting(Optional.empty()),
                List.of(),
                List.of(history.waiting().orElseThrow(), alert),
                "it cleared by itself within "
                        + policy.pauseMillis() / 1000
                        + " s, as "
                        + history.shortEpisodes()
                        + " of "
                        + history.episodes()
                        + " times");
    }

    private long[] recent(long[] changes, long now) {
        int from = 0;
        while (from < changes.length && changes[from] <= now - window()) {
            from++;
        }
        return Arrays.copyOfRange(changes, from, changes.length);
    }

    private long window() {
        return policy.windowMillis();
    }

    private static boolean isResolved(NotableAlert alert) {
        return alert.alert().status() == AlertStatus.RESOLVED;
    }

    private static NotableAlert at(NotableAlert alert, long now) {
        long time = Math.max(now, alert.alert().eventTimeMillis());
        return new NotableAlert(
                alert.alert().toBuilder().eventTimeMillis(time).build(),
                alert.reason(),
                alert.weight());
    }
}
