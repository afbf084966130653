// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.AgentRole;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * The numbers that rounds go by. More than two thirds of all eligible power is fixed and not here.
 * Immutable; durations in milliseconds.
 */
public final class RoundPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A deliberation never takes longer. */
    public static final long MAX_DEADLOCK_MILLIS = 120_000;

    /** 0.7, in the last round 0.6, three trusted, three rounds, 120 s; 60, 180, 90 and 300 s. */
    public static final RoundPolicy DEFAULT =
            new RoundPolicy(
                    0.7,
                    0.6,
                    3,
                    3,
                    MAX_DEADLOCK_MILLIS,
                    Map.of(
                            AgentRole.DETECTION, 60_000L,
                            AgentRole.DIAGNOSIS, 180_000L,
                            AgentRole.PREDICTION, 90_000L,
                            AgentRole.RESOLUTION, 300_000L));

    private final double confidence;
    private final double lastRoundConfidence;
    private final int trusted;
    private final int rounds;
    private final long deadlockMillis;
    private final EnumMap<AgentRole, Long> limitMillis;

    /**
     * @param confidence least aggregated confidence of a decision
     * @param lastRoundConfidence the same in the last round
     * @param trusted least number of trusted supporters
     * @param rounds at most
     * @param deadlockMillis from the opening of the first round to the end, at most 120,000
     * @param limitMillis what an agent of a role may take to answer, from the request of the round
     */
    public RoundPolicy(
            double confidence,
            double lastRoundConfidence,
            int trusted,
            int rounds,
            long deadlockMillis,
            Map<AgentRole, Long> limitMillis) {
        if (deadlockMillis < rounds || deadlockMillis > MAX_DEADLOCK_MILLIS) {
            throw new IllegalArgumentException(
                    "A deliberation takes 120,000 ms at most: " + deadlockMillis);
        }
        if (rounds < 1 || trusted < 1) {
            throw new IllegalArgumentException("At least one round and one trusted agent");
        }
        this.confidence = confidence;
        this.lastRoundConfidence = lastRoundConfidence;
        this.trusted = trusted;
        this.rounds = rounds;
        this.deadlockMillis = deadlockMillis;
        this.limitMillis = new EnumMap<>(AgentRole.class);
        for (AgentRole role : AgentRole.values()) {
            this.limitMillis.put(role, limitMillis.getOrDefault(role, deadlockMillis));
        }
    }

    /** The least aggregated confidence that decides in this round. */
    public double confidence(int round) {
        return round >= rounds ? lastRoundConfidence : confidence;
    }

    public int trusted() {
        return trusted;
    }

    public int rounds() {
        return rounds;
    }

    /**
     * When a round ends at the latest: the rounds have equal parts of the time, and one that ends
     * sooner leaves the rest of its part to the next.
     */
    public long closesAt(long openedAtMillis, int round) {
        return openedAtMillis + deadlockMillis * round / rounds;
    }

    public long limitMillis(AgentRole role) {
        return limitMillis.get(role);
    }
}
