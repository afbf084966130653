// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.GroupRate;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What comes at the services of the topology outside of incidents: by kind, and by how common the
 * kinds are. Counts fade by 1/e in a day, and are taken as of the time that was watched, so that a
 * rate of ten minutes is no rate of a day. Bound: the 100,000 kinds used last, none unused for
 * three days. Owned by one thread.
 */
final class Background {
    private static final String PREFIX = "background";
    private static final String SINCE = PREFIX + " since";
    private static final String ALL = PREFIX + " *";
    private static final String SEVERITIES = PREFIX + " severities";
    private static final String BURSTS = PREFIX + " bursts";
    private static final String EXTRAS = PREFIX + " extras";
    private static final String OUTBREAKS = PREFIX + " outbreaks";
    private static final String KIND = PREFIX + " of ";
    private static final int MOST = 100_000;
    private static final long MEMORY_MILLIS = 3 * (long) Rate.DAY_MILLIS;

    /**
     * What comes within so short a time of the first alert was going on when watching began. With
     * one second instead of five, 5 of 300 generated companies had an incident of their background
     * within the first minute; with five none.
     */
    private static final double FIRST_MILLIS = 5_000;

    /** After that, less time than this says nothing of a rate. */
    private static final double LEAST_MILLIS = 60_000;

    /** What was never seen is rare and not impossible (Jeffreys' prior). */
    private static final double PRIOR = 0.5;

    /** A kind that fires on further hosts within this time does so once. */
    private static final long BURST_MILLIS = 60_000;

    private final double outbreaksPerDay;
    private final Map<String, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true);
    private ClassedRate all = new ClassedRate(0);
    private ClassedRate severities = new ClassedRate(0);
    private Rate bursts = new Rate(0, 0);
    private Rate extras = new Rate(0, 0);
    private Rate outbreaks = new Rate(0, 0);
    private long sinceMillis = Long.MAX_VALUE;

    // Of the alert that was asked about last: it is asked about several times.
    private Alert keyed;
    private String key;

    /**
     * @param outbreaksPerDay incidents expected of a tenant a day before it had any
     */
    Background(double outbreaksPerDay) {
        this.outbreaksPerDay = outbreaksPerDay;
    }

    /** Whether a group of a snapshot is of this. */
    static boolean owns(GroupRate group) {
        return group.key().startsWith(PREFIX + " ");
    }

    void restore(List<GroupRate> groups) {
        for (GroupRate group : groups) {
            if (group.key().equals(SINCE)) {
                sinceMillis = group.lastMillis();
            } else if (group.key().equals(SEVERITIES)) {
                severities = new ClassedRate(group.byClass(), group.lastMillis());
            } else if (group.key().equals(BURSTS)) {
                bursts = new Rate(group.byClass()[0], group.lastMillis());
            } else if (group.key().equals(EXTRAS)) {
                extras = new Rate(group.byClass()[0], group.lastMillis());
            } else if (group.key().equals(OUTBREAKS)) {
                outbreaks = new Rate(group.byClass()[0], group.lastMillis());
            } else if (group.key().equals(ALL)) {
                all = new ClassedRate(group.byClass(), group.lastMillis());
            } else if (owns(group)) {
                kinds.put(group.key(), new Kind(group));
            }
        }
    }

    List<GroupRate> groups() {
        List<GroupRate> groups = new ArrayList<>(kinds.size() + 2);
        if (sinceMillis != Long.MAX_VALUE) {
            kinds.forEach((key, kind) -> groups.add(kind.known(key)));
            groups.add(new GroupRate(SEVERITIES, severities.lastMillis(), severities.counts(), ""));
            groups.add(known(BURSTS, bursts));
            groups.add(known(EXTRAS, extras));
            groups.add(known(OUTBREAKS, outbreaks));
            groups.add(new GroupRate(ALL, all.lastMillis(), all.counts(), ""));
            groups.add(new GroupRate(SINCE, sinceMillis, new double[] {0}, ""));
        }
        return groups;
    }

    /** From the first alert on, there is something to watch. */
    void watch(long timeMillis) {
        sinceMillis = Math.min(sinceMillis, timeMillis);
    }

    /** How often its kind comes, a millisecond; 0 if it never did but in the burst going on. */
    double ofKind(Alert alert) {
        Kind kind = kinds.get(keyOf(alert));
        long time = alert.eventTimeMillis();
        return kind == null ? 0 : kind.settledAt(time) / watchedMillis(time);
    }

    /** How often kinds come that are no commoner, a millisecond, all services together. */
    double asUnusual(Alert alert) {
        long time = alert.eventTimeMillis();
        return (all.upTo(commonness(alert), time) + PRIOR) / watchedMillis(time);
    }

    /** How much rarer its severity is in the background than if all were as frequent, at most 1. */
    double rarity(Severity severity) {
        int all = Severity.values().length;
        double[] counts = severities.counts();
        double sum = PRIOR * all;
        for (double count : counts) {
            sum += count;
        }
        return Math.min(1, all * (counts[severity.ordinal()] + PRIOR) / sum);
    }

    /** Whether its kind fires already, elsewhere on the service. */
    boolean isBurst(NotableAlert notable) {
        Kind kind = kinds.get(keyOf(notable.alert()));
        return kind != null
                && notable.reason() == NotifyReason.NEW
                && notable.alert().eventTimeMillis() - kind.seenMillis < BURST_MILLIS;
    }

    /** Chance that what fires in the background does so on one more host. */
    double chanceOfMore(long timeMillis) {
        double more = extras.at(timeMillis) + PRIOR;
        return more / (more + bursts.at(timeMillis) + PRIOR);
    }

    /**
     * How often something breaks by itself, a millisecond, all services together: as expected of a
     * tenant that is new, until a day has shown more.
     */
    double ofOutbreaks(long timeMillis) {
        return (outbreaks.at(timeMillis) + outbreaksPerDay) / Rate.DAY_MILLIS;
    }

    /** People were told that something broke, apart from all else. */
    void countOutbreak(long timeMillis) {
        outbreaks.add(timeMillis);
    }

    /**
     * The alert came.
     *
     * @param counts whether it is of no incident
     */
    void count(NotableAlert notable, boolean counts) {
        long time = notable.alert().eventTimeMillis();
        if (isBurst(notable)) {
            if (counts) {
                extras.add(time);
            }
            kinds.get(keyOf(notable.alert())).seenMillis = time;
            return;
        }
        if (counts) {
            all.add(commonness(notable.alert()), time);
            bursts.add(time);
            severities.add(notable.alert().severity().ordinal(), time);
        }
        Kind kind = kinds.computeIfAbsent(keyOf(notable.alert()), k -> new Kind(time));
        kind.settle();
        kind.seenMillis = Math.max(time, kind.seenMillis);
        kind.open = counts;
        if (notable.reason() != NotifyReason.NEW) {
            kind.settle();
        }
        prune(time);
    }

    private int commonness(Alert alert) {
        return ClassedRate.classOf(ofKind(alert) * Rate.DAY_MILLIS);
    }

    private void prune(long timeMillis) {
        Iterator<Kind> eldest = kinds.values().iterator();
        while (eldest.hasNext()) {
            boolean old = eldest.next().seenMillis < timeMillis - MEMORY_MILLIS;
            if (!old && kinds.size() <= MOST) {
                return;
            }
            eldest.remove();
        }
    }

    /** Over how long what is left of the counts came. */
    private double watchedMillis(long timeMillis) {
        long since = Math.max(0, timeMillis - sinceMillis);
        return Math.max(
                since <= FIRST_MILLIS ? FIRST_MILLIS : LEAST_MILLIS,
                Rate.DAY_MILLIS * (1 - Rate.fading(since)));
    }

    /** Names that differ in numbers and hosts are of one kind. */
    private String keyOf(Alert alert) {
        if (alert != keyed) {
            keyed = alert;
            key = KIND + alert.service() + "\n" + AlertTraits.form(alert.name());
        }
        return key;
    }

    private static GroupRate known(String key, Rate rate) {
        return new GroupRate(key, rate.lastMillis(), new double[] {rate.count()}, "");
    }

    /** How often it came, and whether the last time is still to be counted. */
    private static final class Kind {
        private final Rate settled;
        private long seenMillis;
        private boolean open;

        Kind(long timeMillis) {
            settled = new Rate(0, timeMillis);
            seenMillis = timeMillis;
        }

        Kind(GroupRate known) {
            double[] parts = known.byClass();
            settled = new Rate(parts[0], known.lastMillis());
            open = parts[1] > 0;
            seenMillis = (long) parts[2];
        }

        GroupRate known(String key) {
            return new GroupRate(
                    key,
                    settled.lastMillis(),
                    new double[] {settled.count(), open ? 1 : 0, seenMillis},
                    "");
        }

        /** A burst is over, and then it counts. */
        double settledAt(long timeMillis) {
            boolean over = open && timeMillis - seenMillis >= BURST_MILLIS;
            return settled.at(timeMillis) + (over ? 1 : 0);
        }

        void settle() {
            if (open) {
                settled.add(seenMillis);
                open = false;
            }
        }
    }
}
