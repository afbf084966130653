// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the metrics around an incident say of its cause: a ranking of services, that nothing is out
 * of the ordinary in them, or that there are not enough of them to tell. Immutable.
 */
public final class CausalVerdict {
    /** Causes kept; more are cut off. */
    public static final int MOST_CAUSES = 5;

    /** What was made of the metrics. Ordinals are stored: append, never reorder. */
    public enum Outcome {
        NO_METRICS,
        NOTHING_UNUSUAL,
        RANKED
    }

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final CausalVerdict NO_METRICS =
            new CausalVerdict(Outcome.NO_METRICS, List.of(), 1);

    private final Outcome outcome;
    private final List<RankedCause> causes;
    private final double chance;

    private CausalVerdict(Outcome outcome, List<RankedCause> causes, double chance) {
        this.outcome = outcome;
        this.causes = Rows.first(MOST_CAUSES, causes);
        this.chance = chance;
    }

    public static CausalVerdict noMetrics() {
        return NO_METRICS;
    }

    public static CausalVerdict of(CausalRanking ranking) {
        return ranking.causes().isEmpty()
                ? new CausalVerdict(Outcome.NOTHING_UNUSUAL, List.of(), ranking.chance())
                : new CausalVerdict(Outcome.RANKED, ranking.causes(), ranking.chance());
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Best first; empty unless ranked. */
    public List<RankedCause> causes() {
        return causes;
    }

    /** See {@link CausalRanking#chance()}. */
    public double chance() {
        return chance;
    }

    /** The series behind the causes, as evidence that may be cited. */
    public List<EvidenceRef> refs() {
        List<EvidenceRef> refs = new ArrayList<>();
        causes.forEach(cause -> refs.addAll(refs(cause)));
        return refs;
    }

    /** The series behind one cause. */
    public static List<EvidenceRef> refs(RankedCause cause) {
        List<EvidenceRef> refs = new ArrayList<>();
        cause.series()
                .forEach(key -> refs.add(new EvidenceRef(EvidenceKind.METRIC, key.toString())));
        return refs;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CausalVerdict
                && ((CausalVerdict) other).outcome == outcome
                && ((CausalVerdict) other).causes.equals(causes)
                && Double.compare(((CausalVerdict) other).chance, chance) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(outcome.name(), causes, chance);
    }

    @Override
    public String toString() {
        return outcome + " " + causes;
    }

    /** Part of other types' binary forms; versioned by them. */
    public static void write(CausalVerdict verdict, DataOutputView out) throws IOException {
        out.writeByte(verdict.outcome.ordinal());
        Rows.write(verdict.causes, RankedCause::write, out);
        out.writeDouble(verdict.chance);
    }

    public static CausalVerdict read(DataInputView in) throws IOException {
        return new CausalVerdict(
                OUTCOMES[in.readByte()], Rows.read(RankedCause::read, in), in.readDouble());
    }
}
