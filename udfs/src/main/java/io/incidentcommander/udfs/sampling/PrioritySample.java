// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.SampleThreshold;
import io.incidentcommander.model.sampling.ServiceSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The sample of one service in one second: every CRITICAL alert, and of the rest the bottom k by
 * (severity, hash of fingerprint), k being what the critical ones leave of the budget, at least 1.
 *
 * <p>A bottom-k sample by a hash is the same whatever the order and distribution of the input, and
 * merges: the bottom k of a union is the bottom k of the union of bottom k's (Cohen and Kaplan,
 * "Summarizing data using bottom-k sketches", PODC 2007). So a part can be reduced before the
 * shuffle without changing the result.
 */
public final class PrioritySample {
    /** Most severe first, then by hash of the fingerprint, then by id. */
    static final Comparator<NotableAlert> RANK =
            Comparator.comparing((NotableAlert a) -> a.alert().severity())
                    .reversed()
                    .thenComparing(a -> a.alert().fingerprint())
                    .thenComparing(a -> a.alert().id());

    private final int perSecond;

    /**
     * @param perSecond alerts kept of a service in a second; critical ones count but never yield
     */
    public PrioritySample(int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("A sample keeps at least one, not " + perSecond);
        }
        this.perSecond = perSecond;
    }

    /** The part without the candidates that cannot be in the sample; those go to {@code out}. */
    public ServiceSecond reduce(ServiceSecond part, LeftOut out) {
        if (part.candidates().size() <= perSecond) {
            return part;
        }
        Split split = split(part);
        long[] leftOut = part.leftOut();
        for (NotableAlert alert : split.over) {
            leftOut[alert.alert().severity().ordinal()]++;
            out.leftOut(alert);
        }
        List<NotableAlert> kept = new ArrayList<>(split.critical);
        kept.addAll(split.rest);
        return new ServiceSecond(part.tenant(), part.service(), part.secondMillis(), kept, leftOut);
    }

    /**
     * The sample of a whole second.
     *
     * <p>Weights: an alert stands for itself; the least severe kept class stands, in equal shares,
     * for all that were left out, of its own severity and below. The weights of a second so add up
     * to the number of alerts in it, exactly.
     */
    public SecondSample select(ServiceSecond second, LeftOut out) {
        ServiceSecond reduced = reduce(second, out);
        Split split = split(reduced);
        long missing = 0;
        for (long n : reduced.leftOut()) {
            missing += n;
        }
        List<NotableAlert> kept = new ArrayList<>(split.critical);
        kept.addAll(weighted(split.rest, missing));
        kept.sort(NotableAlert.IN_TIME);
        return new SecondSample(kept, thresholdOf(split));
    }

    private SampleThreshold thresholdOf(Split split) {
        int room = restOf(split.critical.size());
        SampleThreshold threshold = new SampleThreshold(perSecond - room + split.rest.size());
        boolean full = split.rest.size() == room;
        return full ? threshold.closedAt(split.rest.get(room - 1).alert()) : threshold;
    }

    /** How many may be kept besides the critical ones. */
    private int restOf(int critical) {
        return Math.max(1, perSecond - critical);
    }

    private Split split(ServiceSecond part) {
        Split split = new Split();
        List<NotableAlert> others = new ArrayList<>();
        for (NotableAlert alert : part.candidates()) {
            boolean critical = alert.alert().severity() == Severity.CRITICAL;
            (critical ? split.critical : others).add(alert);
        }
        others.sort(RANK);
        int kept = Math.min(others.size(), restOf(split.critical.size()));
        split.rest = others.subList(0, kept);
        split.over = others.subList(kept, others.size());
        return split;
    }

    private static List<NotableAlert> weighted(List<NotableAlert> rest, long missing) {
        if (missing == 0) {
            return rest;
        }
        Severity least = rest.get(rest.size() - 1).alert().severity();
        long bearers = rest.stream().filter(a -> a.alert().severity() == least).count();
        double weight = 1 + (double) missing / bearers;
        List<NotableAlert> weighted = new ArrayList<>(rest.size());
        for (NotableAlert alert : rest) {
            boolean bears = alert.alert().severity() == least;
            weighted.add(bears ? alert.withWeight(weight) : alert);
        }
        return weighted;
    }

    /** Told of each alert that is over the budget. */
    @FunctionalInterface
    public interface LeftOut {
        void leftOut(NotableAlert alert);
    }

    private static final class Split {
        private final List<NotableAlert> critical = new ArrayList<>();
        private List<NotableAlert> rest = List.of();
        private List<NotableAlert> over = List.of();
    }
}
