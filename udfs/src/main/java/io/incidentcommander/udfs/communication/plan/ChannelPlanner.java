// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.PendingNotice;
import io.incidentcommander.model.communication.QuietHours;
import io.incidentcommander.model.communication.ThreadPlan;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans what leaves over one channel, and when. Of each thread (a contact and an incident) at most
 * one notice waits, the newest; what it replaced goes with it as earlier news. The most severe
 * leave first, then those that waited longest. Time is processing time in epoch milliseconds: it
 * paces what leaves and decides nothing else. No state of its own; not thread safe with one book.
 */
public final class ChannelPlanner {
    /** How long is remembered what was told of an incident that ended, and of one that did not. */
    public static final long KEEP_ENDED_MILLIS = 24L * 3_600_000;

    public static final long KEEP_MILLIS = 7 * KEEP_ENDED_MILLIS;

    /** Threads that may wait on one channel; twice as many if they are CRITICAL. */
    public static final int MOST_WAITING = 10_000;

    /** Incidents in one digest. */
    public static final int MOST_IN_DIGEST = 50;

    private static final Comparator<PendingNotice> FIRST =
            Comparator.comparing((PendingNotice p) -> p.notice().brief().severity())
                    .reversed()
                    .thenComparingLong(PendingNotice::queuedAtMillis)
                    .thenComparing(p -> p.notice().thread());

    private final ChannelRules rules;

    public ChannelPlanner(ChannelRules rules) {
        this.rules = rules;
    }

    /** Takes a notice in; what is due leaves by {@link #dispatch}. */
    public NoticeOutcome accept(PlanBook book, Notice notice, long now) {
        ThreadPlan plan = book.thread(notice.thread()).orElse(ThreadPlan.empty());
        IncidentBrief brief = notice.brief();
        if (brief.sequence() <= plan.lastSequence()) {
            return brief.sequence() < plan.lastSequence()
                    ? NoticeOutcome.STALE
                    : NoticeOutcome.REPEATED;
        }
        if (plan.shown().map(s -> saysNothingNew(notice, s)).orElse(false)) {
            book.put(notice.thread(), plan.settled(brief.sequence()));
            return NoticeOutcome.NOTHING_NEW;
        }
        if (plan.pending().isEmpty() && !hasRoom(book, brief.severity())) {
            return NoticeOutcome.NO_ROOM;
        }
        book.put(notice.thread(), plan.waiting(queued(plan, notice, now)));
        if (neverOpened(notice, plan)) {
            return NoticeOutcome.NEVER_OPENED;
        }
        return plan.pending().isPresent() ? NoticeOutcome.BATCHED : NoticeOutcome.QUEUED;
    }

    /** What leaves at this time, and when to ask again. */
    public Dispatch dispatch(PlanBook book, long now) {
        List<Departure> departures = new ArrayList<>();
        Optional<Long> wakeUp = Optional.empty();
        for (List<PendingNotice> together : inOrder(book, now)) {
            long due = together.get(0).dueAtMillis();
            if (due <= now) {
                Pace pace = rules.of(together.get(0).notice().contact().kind()).pace();
                due = pace.freeAt(book.fullAt(), now);
                if (due <= now) {
                    book.fullAt(pace.taken(book.fullAt(), now));
                    departures.add(depart(book, together, now));
                    continue;
                }
            }
            wakeUp = Optional.of(Math.min(wakeUp.orElse(Long.MAX_VALUE), due));
        }
        return new Dispatch(departures, wakeUp);
    }

    /** When {@link #dispatch} is next worth calling because of this thread; empty: not at all. */
    public Optional<Long> wakeUpFor(PlanBook book, Notice notice, long now) {
        Pace pace = rules.of(notice.contact().kind()).pace();
        return book.thread(notice.thread())
                .flatMap(ThreadPlan::pending)
                .map(p -> Math.max(notBefore(p, now), pace.freeAt(book.fullAt(), now)));
    }

    /** Forgets threads that ended long ago; whether any are left. */
    public boolean sweep(PlanBook book, long now) {
        boolean left = false;
        for (String thread : book.threads()) {
            if (isOver(book.thread(thread).orElseThrow(), now)) {
                book.remove(thread);
            } else {
                left = true;
            }
        }
        return left;
    }

    private Departure depart(PlanBook book, List<PendingNotice> together, long now) {
        List<Departure.Item> items = new ArrayList<>();
        for (PendingNotice pending : together) {
            String thread = pending.notice().thread();
            ThreadPlan plan = book.thread(thread).orElseThrow();
            items.add(new Departure.Item(pending, plan.shown()));
            book.put(thread, plan.told(now, rules.deduplicationMillis()));
        }
        return new Departure(items);
    }

    /** Due ones first, by rank; mail to one address leaves together. */
    private static List<List<PendingNotice>> inOrder(PlanBook book, long now) {
        List<PendingNotice> waiting = new ArrayList<>();
        for (ThreadPlan plan : book.waiting().values()) {
            PendingNotice pending = plan.pending().orElseThrow();
            waiting.add(pending.dueAt(notBefore(pending, now)));
        }
        waiting.sort(FIRST);
        List<List<PendingNotice>> groups = new ArrayList<>();
        Map<String, List<PendingNotice>> digests = new LinkedHashMap<>();
        for (PendingNotice pending : waiting) {
            boolean joins =
                    pending.notice().contact().kind() == ChannelKind.EMAIL
                            && pending.dueAtMillis() <= now;
            List<PendingNotice> digest =
                    joins ? digests.get(pending.notice().contact().address()) : null;
            if (digest != null && digest.size() < MOST_IN_DIGEST) {
                digest.add(pending);
                continue;
            }
            List<PendingNotice> group = new ArrayList<>(1);
            group.add(pending);
            groups.add(group);
            if (joins) {
                digests.put(pending.notice().contact().address(), group);
            }
        }
        return groups;
    }

    private PendingNotice queued(ThreadPlan plan, Notice notice, long now) {
        ChannelHabits habits = rules.of(notice.contact().kind());
        IncidentBrief brief = notice.brief();
        long since = plan.pending().map(PendingNotice::queuedAtMillis).orElse(now);
        long due = now;
        if (brief.severity() != Severity.CRITICAL) {
            long wait =
                    plan.shown().isPresent() ? habits.updateWaitMillis() : habits.firstWaitMillis();
            due = Math.max(now, since + wait);
        }
        if (plan.toldAt(brief).isPresent()) {
            due = Math.max(due, plan.toldAt(brief).get() + rules.deduplicationMillis());
        }
        List<String> earlier = plan.pending().map(PendingNotice::news).orElse(List.of());
        return new PendingNotice(notice, earlier, since, due);
    }

    /** Its due time, or the morning after, where the contact sleeps and it is not critical. */
    private static long notBefore(PendingNotice pending, long now) {
        Optional<QuietHours> quiet = pending.notice().contact().quiet();
        long due = Math.max(now, pending.dueAtMillis());
        return quiet.isEmpty() || pending.notice().brief().severity() == Severity.CRITICAL
                ? due
                : QuietTimes.notBefore(quiet.get(), due);
    }

    /** In place every difference shows; in a mailbox only another status or severity is news. */
    private boolean saysNothingNew(Notice notice, IncidentBrief shown) {
        return rules.of(notice.contact().kind()).updatesInPlace()
                ? notice.brief().saysTheSame(shown)
                : notice.brief().deduplicationKey().equals(shown.deduplicationKey());
    }

    /** As far as this book knows: before a restore it may have been opened all the same. */
    private static boolean neverOpened(Notice notice, ThreadPlan plan) {
        return notice.contact().kind() == ChannelKind.PAGERDUTY
                && plan.shown().isEmpty()
                && (notice.brief().state() == IncidentState.RESOLVED
                        || notice.brief().acknowledgedBy().isPresent());
    }

    private static boolean hasRoom(PlanBook book, Severity severity) {
        int most = severity == Severity.CRITICAL ? 2 * MOST_WAITING : MOST_WAITING;
        return book.waitingCount() < most;
    }

    private static boolean isOver(ThreadPlan plan, long now) {
        boolean ended = plan.shown().map(s -> s.state() == IncidentState.RESOLVED).orElse(true);
        return plan.pending().isEmpty()
                && plan.lastToldAtMillis() + (ended ? KEEP_ENDED_MILLIS : KEEP_MILLIS) <= now;
    }
}
