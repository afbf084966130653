// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import java.util.Objects;
import java.util.regex.Pattern;

/** What is to be simulated. Immutable; the same plan gives the same result, byte for byte. */
public final class SimulationPlan {
    /** What else Java reads as a number (NaN, 1d, 1e-1, 0x1p0) has no meaning here. */
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+|\\d*\\.\\d+)");

    private final int agents;
    private final double byzantine;
    private final boolean share;
    private final Attack attack;
    private final int rounds;
    private final long seed;
    private final Network network;

    private SimulationPlan(
            int agents,
            double byzantine,
            boolean share,
            Attack attack,
            int rounds,
            long seed,
            Network network) {
        if (agents < 1 || agents > 1000) {
            throw new IllegalArgumentException("1 to 1000 agents, not " + agents);
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("At least one round, not " + rounds);
        }
        if (!(byzantine >= 0 && byzantine <= (share ? 1 : agents))) {
            throw new IllegalArgumentException(
                    share
                            ? "A share of power is in [0,1], not " + byzantine
                            : "0 to " + agents + " Byzantine agents, not " + (long) byzantine);
        }
        this.agents = agents;
        this.byzantine = byzantine;
        this.share = share;
        this.attack = Objects.requireNonNull(attack, "attack");
        this.rounds = rounds;
        this.seed = seed;
        this.network = Objects.requireNonNull(network, "network");
    }

    /** In a good network. */
    public static SimulationPlan of(
            int agents, String byzantine, Attack attack, int rounds, long seed) {
        return of(agents, byzantine, attack, rounds, seed, Network.GOOD);
    }

    /**
     * @param byzantine a number of agents, or with a dot a share of the voting power
     * @throws IllegalArgumentException saying what is out of bounds
     */
    public static SimulationPlan of(
            int agents, String byzantine, Attack attack, int rounds, long seed, Network network) {
        if (!NUMBER.matcher(byzantine).matches()) {
            throw new IllegalArgumentException(
                    "A number of agents, or with a dot a share of power, not " + byzantine);
        }
        return new SimulationPlan(
                agents,
                Double.parseDouble(byzantine),
                byzantine.contains("."),
                attack,
                rounds,
                seed,
                network);
    }

    public int agents() {
        return agents;
    }

    /** At most so many agents, or so much of the power: see {@link #isShare}. */
    public double byzantine() {
        return byzantine;
    }

    public boolean isShare() {
        return share;
    }

    public Attack attack() {
        return attack;
    }

    /** Decisions to be made, one after the other. */
    public int rounds() {
        return rounds;
    }

    public long seed() {
        return seed;
    }

    public Network network() {
        return network;
    }
}
