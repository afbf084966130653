// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides which alerts of one fingerprint go on: the first, an escalation, a return after it was
 * resolved, a resolve, and a storm that resumes. All else is a repeat. A pure function of what is
 * known and the runs of one slice, so that the order of arrival plays no part.
 *
 * <p>A storm resumes after a pause that its own rate does not explain: 5 s or more, in which 20
 * alerts or more were to be expected after 20 or more had come (by a Poisson process a pause of
 * probability e^-20). After two such pauses pauses are how the storm is, and no news.
 */
public final class Deduplication {
    private static final long SHORTEST_PAUSE_MILLIS = 5_000;
    private static final double EXPECTED_IN_PAUSE = 20;
    private static final long FEWEST_OF_STORM = 20;
    private static final int PAUSES_THAT_ARE_NEWS = 2;

    private final DedupPolicy policy;

    public Deduplication(DedupPolicy policy) {
        this.policy = policy;
    }

    /**
     * Decides one slice.
     *
     * @param known what is known, if anything
     * @param runs the runs of one slice of one fingerprint, merged, by {@link AlertRun#BY_FIRST}
     */
    public DedupDecision decide(Optional<KnownAlert> known, List<AlertRun> runs) {
        Episode episode = new Episode(known.filter(k -> isRemembered(k, runs.get(0))));
        List<RunDecision> decisions = new ArrayList<>(runs.size() + 1);
        for (AlertRun run : runs) {
            decisions.add(decide(episode, run));
        }
        closing(episode, runs).ifPresent(decisions::add);
        return new DedupDecision(episode.known(), decisions);
    }

    /** Whether the state was cleared already is a matter of watermarks, and must not decide. */
    private boolean isRemembered(KnownAlert known, AlertRun first) {
        return first.firstMillis() - known.lastSeenMillis() <= policy.memoryMillis();
    }

    private RunDecision decide(Episode episode, AlertRun run) {
        if (episode.isBehind(run)) {
            return decideLate(episode, run);
        }
        Optional<NotifyReason> reason = episode.reasonFor(run);
        AlertId representative = episode.representativeOr(run);
        episode.take(run, reason);
        return reason.isPresent()
                ? RunDecision.notify(run, reason.get())
                : RunDecision.repeat(run, representative);
    }

    /** A slice before one that was decided on cannot change the state, but it can still warn. */
    private RunDecision decideLate(Episode episode, AlertRun run) {
        boolean open = run.status() != AlertStatus.RESOLVED;
        boolean worse = open && episode.isOpen() && run.severity().compareTo(episode.peak) > 0;
        AlertId representative = worse ? run.firstId() : episode.representative;
        episode.takeLate(run, worse);
        if (worse) {
            return RunDecision.notify(run, NotifyReason.ESCALATED);
        }
        boolean repeat = open == episode.isOpen();
        return repeat
                ? RunDecision.repeat(run, representative)
                : RunDecision.late(run, representative);
    }

    /**
     * The runs of a slice overlap, so the one decided last need not be the one that ends last: what
     * the sender said last counts.
     */
    private Optional<RunDecision> closing(Episode episode, List<AlertRun> runs) {
        AlertRun last = runs.get(0);
        for (int i = 1; i < runs.size(); i++) {
            AlertRun run = runs.get(i);
            boolean later =
                    run.lastMillis() != last.lastMillis()
                            ? run.lastMillis() > last.lastMillis()
                            : run.lastId().compareTo(last.lastId()) > 0;
            last = later ? run : last;
        }
        boolean open = last.status() != AlertStatus.RESOLVED;
        if (open == episode.isOpen() || !episode.isAt(last)) {
            return Optional.empty();
        }
        NotifyReason reason = open ? NotifyReason.RETURNED : NotifyReason.RESOLVED;
        episode.close(last);
        return Optional.of(RunDecision.notifyLast(last, reason));
    }

    /** What is known, while a slice is being decided. */
    private final class Episode {
        private boolean exists;
        private AlertStatus status = AlertStatus.RESOLVED;
        private Severity peak = Severity.INFO;
        private long firstSeen;
        private long lastSeen;
        private long decidedSlice = Long.MIN_VALUE;
        private long sliceInWork = Long.MIN_VALUE;
        private long count;
        private long sinceNotified;
        private AlertId representative;
        private int pauses;

        Episode(Optional<KnownAlert> known) {
            known.ifPresent(
                    k -> {
                        exists = true;
                        status = k.status();
                        peak = k.peak();
                        firstSeen = k.firstSeenMillis();
                        lastSeen = k.lastSeenMillis();
                        decidedSlice = k.decidedSliceMillis();
                        count = k.count();
                        sinceNotified = k.sinceNotified();
                        representative = k.representative();
                        pauses = k.pauses();
                    });
        }

        boolean isOpen() {
            return status != AlertStatus.RESOLVED;
        }

        /** Whether a later slice was decided, or this one was, before the run came. */
        boolean isBehind(AlertRun run) {
            return exists && run.sliceMillis() <= decidedSlice && decidedSlice != sliceInWork;
        }

        /** Whether the run's slice is the one being decided, and not one decided before. */
        boolean isAt(AlertRun run) {
            return run.sliceMillis() == sliceInWork;
        }

        AlertId representativeOr(AlertRun run) {
            return exists ? representative : run.firstId();
        }

        Optional<NotifyReason> reasonFor(AlertRun run) {
            boolean quiet = exists && run.firstMillis() - lastSeen > policy.quietMillis();
            if (run.status() == AlertStatus.RESOLVED) {
                return exists && !quiet && !isOpen()
                        ? Optional.empty()
                        : Optional.of(NotifyReason.RESOLVED);
            }
            if (!exists || quiet) {
                return Optional.of(NotifyReason.NEW);
            }
            if (!isOpen()) {
                return Optional.of(NotifyReason.RETURNED);
            }
            if (run.severity().compareTo(peak) > 0) {
                return Optional.of(NotifyReason.ESCALATED);
            }
            return isPause(run) ? Optional.of(NotifyReason.RESUMED) : Optional.empty();
        }

        private boolean isPause(AlertRun run) {
            long pause = run.firstMillis() - lastSeen;
            if (pause < SHORTEST_PAUSE_MILLIS
                    || count < FEWEST_OF_STORM
                    || pauses >= PAUSES_THAT_ARE_NEWS) {
                return false;
            }
            double lasted = Math.max(1_000, lastSeen - firstSeen);
            return count / lasted * pause >= EXPECTED_IN_PAUSE;
        }

        void take(AlertRun run, Optional<NotifyReason> reason) {
            boolean notified = reason.isPresent();
            boolean quiet = exists && run.firstMillis() - lastSeen > policy.quietMillis();
            boolean resumed = notified && reason.get() == NotifyReason.RESUMED;
            pauses += resumed ? 1 : 0;
            if (!exists || quiet || resumed) {
                firstSeen = run.firstMillis();
                lastSeen = run.lastMillis();
                count = 0;
            }
            boolean began =
                    reason.isPresent()
                            && (reason.get() == NotifyReason.NEW
                                    || reason.get() == NotifyReason.RETURNED);
            peak = began || !exists || run.severity().compareTo(peak) > 0 ? run.severity() : peak;
            if (!exists || notified) {
                representative = run.firstId();
            }
            status = run.status();
            lastSeen = Math.max(lastSeen, run.lastMillis());
            count += run.count();
            sinceNotified = notified ? run.count() - 1 : sinceNotified + run.count();
            decidedSlice = run.sliceMillis();
            sliceInWork = decidedSlice;
            exists = true;
        }

        void takeLate(AlertRun run, boolean notified) {
            lastSeen = Math.max(lastSeen, run.lastMillis());
            count += run.count();
            if (notified) {
                peak = run.severity();
                representative = run.firstId();
                sinceNotified = run.count() - 1;
            } else {
                sinceNotified += run.count();
            }
        }

        void close(AlertRun last) {
            status = last.status();
            peak = isOpen() ? last.severity() : peak;
            representative = last.lastId();
            sinceNotified = 0;
        }

        KnownAlert known() {
            return new KnownAlert(
                    status,
                    peak,
                    firstSeen,
                    lastSeen,
                    decidedSlice,
                    count,
                    sinceNotified,
                    representative,
                    pauses);
        }
    }
}
