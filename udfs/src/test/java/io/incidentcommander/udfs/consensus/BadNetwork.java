// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One deliberation of the default roster, from one seed: requests and votes are lost, delayed,
 * doubled and overtake each other; less than a third of the power is Byzantine; the state is lost
 * now and then, restored from the bytes of a snapshot, and what came since is delivered again. All
 * honest agents hold the same action right. {@link #check} names what must hold after each step.
 */
final class BadNetwork {
    enum Ending {
        DECIDED,
        HANDED_TO_A_HUMAN
    }

    enum Vice {
        LIE,
        SILENCE,
        EQUIVOCATION,
        NONSENSE,
        OLD_VOTES
    }

    private final Random random;
    private final TestedCore core;
    private final Roster roster = Agents.defaultRoster();
    private final Circumstances circumstances;
    private final Set<String> byzantine = new TreeSet<>();
    private final Vice vice;
    private final double loss;
    private final long delayMillis;
    private final PriorityQueue<Delivery> network =
            new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private final List<Delivery> sinceSnapshot = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private final List<SignedRecommendation> sent = new ArrayList<>();
    private byte[] snapshot;
    private Deliberation deliberation;
    private Optional<Decision> decision = Optional.empty();
    private boolean redelivering;
    private boolean lostHonest;
    private int restores;
    private int lost;
    private int doubled;

    /** A vote on its way, or, without one, time passing. */
    private static final class Delivery {
        private final long at;
        private final Optional<SignedRecommendation> vote;

        private Delivery(long at, Optional<SignedRecommendation> vote) {
            this.at = at;
            this.vote = vote;
        }
    }

    BadNetwork(long seed) {
        this(seed, TestedCore.real());
    }

    BadNetwork(long seed, TestedCore core) {
        this.core = core;
        random = new Random(seed);
        Protocol protocol =
                List.of(Protocol.WEIGHTED, Protocol.STRICT, Protocol.TWO_ROUNDS)
                        .get(random.nextInt(3));
        circumstances = Circumstances.fixed(new RoundSetup(roster, protocol));
        List<Seat> seats = new ArrayList<>(roster.seats());
        Collections.shuffle(seats, random);
        int power = 0;
        for (Seat seat : seats) {
            if (3 * (power + seat.powerPpm()) < Seat.WHOLE_PPM && random.nextInt(4) > 0) {
                power += seat.powerPpm();
                byzantine.add(seat.agent());
            }
        }
        vice = Vice.values()[random.nextInt(Vice.values().length)];
        loss = random.nextInt(3) == 0 ? 0.3 * random.nextDouble() : 0;
        delayMillis = random.nextInt(4) == 0 ? 90_000 : 5_000;
    }

    Ending run() {
        take(core.open(Agents.question(), Agents.NOW, circumstances), Agents.NOW);
        snapshot = bytes(deliberation);
        while (!network.isEmpty()) {
            Delivery next = network.poll();
            deliver(next);
            if (random.nextInt(8) == 0) {
                snapshot = bytes(deliberation);
                sinceSnapshot.clear();
            } else if (random.nextInt(10) == 0) {
                restore();
            }
        }
        require(decision.isPresent(), "ENDS: it came to no end");
        boolean agreed = decision.get().status().agreed();
        if (!lostHonest && delayMillis < RoundPolicy.MAX_DEADLOCK_MILLIS / 3 / 2) {
            require(agreed, "LIVE: all honest agents voted in time and it was not decided");
        }
        return agreed ? Ending.DECIDED : Ending.HANDED_TO_A_HUMAN;
    }

    private void deliver(Delivery next) {
        sinceSnapshot.add(next);
        Step step =
                next.vote.isPresent()
                        ? core.vote(deliberation, next.vote.get(), next.at, circumstances)
                        : core.onTime(deliberation, next.at, circumstances);
        take(step, next.at);
        steps.add(next.at + " " + step.verdict() + " " + deliberation.terms().round());
    }

    /** The process dies; its successor has the snapshot, and gets what came since once more. */
    private void restore() {
        restores++;
        Deliberation before = deliberation;
        deliberation = read(snapshot);
        List<Delivery> again = new ArrayList<>(sinceSnapshot);
        sinceSnapshot.clear();
        redelivering = true;
        again.forEach(this::deliver);
        redelivering = false;
        require(deliberation.equals(before), "RESTORED: state differs after what came came again");
    }

    private void take(Step step, long now) {
        check(step, now);
        deliberation = step.deliberation();
        if (!redelivering) { // agents know requests and do not answer one twice
            step.requests().forEach(request -> answer(request, now));
            core.wakeUpAt(deliberation, now).ifPresent(this::wakeUp);
        }
        step.decision().ifPresent(made -> decision = Optional.of(made));
    }

    private void wakeUp(long at) {
        network.add(new Delivery(at, Optional.empty()));
    }

    private void answer(RoundRequest request, long now) {
        for (Seat seat : roster.seats()) {
            boolean bad = byzantine.contains(seat.agent());
            for (SignedRecommendation vote : bad ? wicked(request, seat) : honest(request, seat)) {
                send(vote, now, bad);
            }
        }
    }

    private void send(SignedRecommendation vote, long now, boolean bad) {
        sent.add(vote);
        boolean isLost = random.nextDouble() < loss;
        lostHonest |= isLost && !bad;
        int copies = isLost ? 0 : random.nextInt(5) == 0 ? 2 : 1;
        lost += isLost ? 1 : 0;
        doubled += copies == 2 ? 1 : 0;
        for (int copy = 0; copy < copies; copy++) {
            long at = now + 1 + (long) (random.nextDouble() * delayMillis);
            network.add(new Delivery(at, Optional.of(vote)));
        }
    }

    private List<SignedRecommendation> honest(RoundRequest request, Seat seat) {
        double confidence = 0.75 + 0.2 * random.nextDouble();
        return List.of(Agents.vote(request, seat.agent(), Agents.RESTART.id(), confidence));
    }

    private List<SignedRecommendation> wicked(RoundRequest request, Seat seat) {
        ActionId lie = Agents.SCALE.id();
        List<SignedRecommendation> votes = new ArrayList<>();
        switch (vice) {
            case LIE:
                votes.add(Agents.vote(request, seat.agent(), lie, 1));
                break;
            case EQUIVOCATION:
                votes.add(Agents.vote(request, seat.agent(), Agents.RESTART.id(), 0));
                Recommendation.Builder other =
                        Agents.answer(request, seat.agent(), lie, 1).requestId("another");
                votes.add(Agents.unsigned(other));
                break;
            case NONSENSE:
                votes.add(Agents.vote(request, seat.agent(), lie, Double.NaN));
                break;
            case OLD_VOTES:
                votes.addAll(sent.subList(0, Math.min(sent.size(), 12)));
                votes.add(Agents.vote(request, seat.agent(), lie, 0.9));
                break;
            default: // SILENCE
        }
        return votes;
    }

    private void check(Step step, long now) {
        for (Finding finding : step.findings()) {
            boolean proven = finding.kind().blame() == FindingKind.Blame.PROVEN;
            require(
                    !proven || byzantine.contains(finding.agent()),
                    "FAIR: proof against an honest agent: " + finding);
        }
        require(
                step.deliberation().equals(read(bytes(step.deliberation()))),
                "KEPT: state is not what its bytes say");
        if (step.decision().isEmpty()) {
            return;
        }
        Decision made = step.decision().get();
        require(
                decision.isEmpty() || redelivering && decision.get().equals(made),
                "ONE: a second decision, and another one");
        require(
                now <= Agents.NOW + RoundPolicy.MAX_DEADLOCK_MILLIS,
                "IN TIME: decided at " + (now - Agents.NOW) + " ms");
        if (made.status().agreed()) {
            require(
                    made.outcome().action().equals(Agents.RESTART.id()),
                    "RIGHT: liars under a third had " + made.outcome().action() + " decided");
            require(
                    3L * made.outcome().support().powerPpm() > 2L * roster.eligiblePpm(),
                    "TWO THIRDS: decided by " + made.outcome().support());
        }
    }

    private static void require(boolean holds, String invariant) {
        if (!holds) {
            throw new IllegalStateException(invariant);
        }
    }

    private byte[] bytes(Deliberation state) {
        return core.bytes(state);
    }

    private Deliberation read(byte[] bytes) {
        return core.read(bytes);
    }

    /** What at least one agent does that it should not; empty if all are honest. */
    Optional<Vice> vice() {
        return byzantine.isEmpty() ? Optional.empty() : Optional.of(vice);
    }

    int lost() {
        return lost;
    }

    int doubled() {
        return doubled;
    }

    int restores() {
        return restores;
    }

    List<String> steps() {
        return steps;
    }
}
