// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import io.incidentcommander.udfs.audit.ChainFinding;
import io.incidentcommander.udfs.audit.ChainRepair;
import io.incidentcommander.udfs.audit.ChainRepair.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a store holds of one incident, held against its replica if there is one. Immutable. */
public final class ChainCheck {
    private final String incidentId;
    private final ChainStore primary;
    private final Optional<ChainStore> replica;
    private final ChainCopy copy;
    private final Optional<ChainCopy> second;
    private final List<String> done;

    private ChainCheck(
            String incidentId, ChainStore primary, Optional<ChainStore> replica, List<String> done)
            throws IOException {
        this.incidentId = incidentId;
        this.primary = primary;
        this.replica = replica;
        this.copy = primary.read(incidentId);
        this.second =
                replica.isPresent()
                        ? Optional.of(replica.get().read(incidentId))
                        : Optional.empty();
        this.done = List.copyOf(done);
    }

    /** Reads both. */
    public static ChainCheck of(String incidentId, ChainStore primary, Optional<ChainStore> replica)
            throws IOException {
        return new ChainCheck(incidentId, primary, replica, List.of());
    }

    /**
     * Mends what the other copy proves, the primary first; then reads both again. What cannot be
     * mended stays as it is, and in the findings.
     */
    public ChainCheck repaired() throws IOException {
        if (replica.isEmpty()) {
            return new ChainCheck(
                    incidentId,
                    primary,
                    replica,
                    List.of("nothing to mend from: sink.dynamodb.replica.table is not set"));
        }
        List<String> steps = new ArrayList<>();
        mend(primary, copy, second.get(), steps);
        ChainCheck between = new ChainCheck(incidentId, primary, replica, steps);
        mend(replica.get(), between.second.get(), between.copy, steps);
        return new ChainCheck(incidentId, primary, replica, steps);
    }

    /** Neither has anything of the incident. */
    public boolean isUnknown() {
        return copy.isEmpty() && (second.isEmpty() || second.get().isEmpty());
    }

    public ChainCopy copy() {
        return copy;
    }

    public Optional<ChainCopy> second() {
        return second;
    }

    /** What was mended, and what was refused, one line each. */
    public List<String> done() {
        return done;
    }

    /** All that is wrong, each with the store it is in; empty: all is well. */
    public List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        String first = second.isPresent() ? "first: " : "";
        copy.findings().forEach(finding -> wrong.add(line(first, finding)));
        if (second.isEmpty()) {
            return wrong;
        }
        second.get().findings().forEach(finding -> wrong.add(line("replica: ", finding)));
        if (copy.isWhole() && second.get().isWhole()) {
            difference().ifPresent(finding -> wrong.add(line("", finding)));
        } else if (wrong.isEmpty()) {
            // One of them has nothing at all.
            if (copy.isEmpty()) {
                wrong.add(
                        line(
                                "",
                                ChainFinding.of(
                                        ChainFinding.Kind.DIFFERS_FROM_COPY,
                                        1,
                                        "only the replica has this incident")));
            }
        }
        return wrong;
    }

    /**
     * As {@link #wrong}, without copies that are merely behind: while a job writes both, each may
     * be ahead of the other.
     */
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        copy.findings().forEach(finding -> broken.add(line("", finding)));
        if (second.isPresent()) {
            second.get().findings().forEach(finding -> broken.add(line("replica: ", finding)));
            if (copy.isWhole()
                    && second.get().isWhole()
                    && ChainRepair.of(copy, second.get()).verdict() == Verdict.REFUSE) {
                difference().ifPresent(finding -> broken.add(line("", finding)));
            }
        }
        return broken;
    }

    /** Whether the chain goes past this head, and has something else in its place. */
    public Optional<String> contradicts(ChainHead written) {
        return copy.events().stream()
                .filter(event -> event.sequence() == written.sequence())
                .filter(event -> !event.hash().equals(written.hash()))
                .findFirst()
                .map(
                        event ->
                                line(
                                        "",
                                        ChainFinding.of(
                                                ChainFinding.Kind.CONTRADICTS_ANCHOR,
                                                written.sequence(),
                                                "the job wrote "
                                                        + written.hash()
                                                        + ", here is "
                                                        + event.hash())));
    }

    /** Whether the chain ends before this head. */
    public Optional<String> lacks(ChainHead written) {
        long last = copy.events().stream().mapToLong(IncidentEvent::sequence).max().orElse(0);
        return last >= written.sequence()
                ? Optional.empty()
                : Optional.of(
                        line(
                                "",
                                ChainFinding.of(
                                        ChainFinding.Kind.CUT_OFF,
                                        last + 1,
                                        "the job wrote events up to "
                                                + written.sequence()
                                                + ", here they end at "
                                                + last)));
    }

    /** Not wrong, but worth knowing: a replica that is behind, as after an outage of it. */
    public Optional<String> note() {
        if (second.isEmpty() || !copy.isWhole()) {
            return Optional.empty();
        }
        long behind = copy.events().size() - second.get().events().size();
        return behind > 0 && wrong().isEmpty()
                ? Optional.of("the replica is " + behind + " events behind")
                : Optional.empty();
    }

    private Optional<ChainFinding> difference() {
        ChainRepair repair = ChainRepair.of(copy, second.get());
        boolean behind = second.get().events().size() > copy.events().size();
        return repair.verdict() == Verdict.REFUSE || behind
                ? Optional.of(
                        ChainFinding.of(
                                ChainFinding.Kind.DIFFERS_FROM_COPY,
                                copy.events().size(),
                                behind && repair.verdict() != Verdict.REFUSE
                                        ? "the replica goes on to " + second.get().events().size()
                                        : repair.reason()))
                : Optional.empty();
    }

    private static String line(String where, ChainFinding finding) {
        return where + finding;
    }

    private static void mend(
            ChainStore store, ChainCopy broken, ChainCopy witness, List<String> steps)
            throws IOException {
        ChainRepair repair = ChainRepair.of(broken, witness);
        if (repair.verdict() == Verdict.REFUSE && !broken.isWhole()) {
            steps.add(store.label() + " not mended: " + repair.reason());
        } else if (repair.verdict() == Verdict.MEND) {
            int items = store.mend(repair.chain());
            steps.add(store.label() + " mended, items changed: " + items + "; " + repair.reason());
        }
    }
}
