// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.Rosters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** The agents of a simulation, and which of them are Byzantine. Immutable. */
final class Company {
    static final String TENANT = "simulation";
    private static final int TRIALS = 200;

    /** Roles in the proportions of the default roster: 1, 2, 2 and 1 of six. */
    private static final AgentRole[] ROLES = {
        AgentRole.DETECTION,
        AgentRole.DIAGNOSIS,
        AgentRole.PREDICTION,
        AgentRole.DIAGNOSIS,
        AgentRole.PREDICTION,
        AgentRole.RESOLUTION
    };

    private final List<RegisteredAgent> agents;
    private final Roster roster;
    private final Set<String> byzantine;

    private Company(List<RegisteredAgent> agents, Roster roster, Set<String> byzantine) {
        this.agents = List.copyOf(agents);
        this.roster = roster;
        this.byzantine = Collections.unmodifiableSet(new TreeSet<>(byzantine));
    }

    static Company of(SimulationPlan plan, Random random) {
        List<RegisteredAgent> agents = registered(plan, Set.of());
        Roster roster = freeze(agents);
        Set<String> byzantine = choose(plan, roster, random);
        if (plan.attack() == Attack.SYBIL) { // one owner, so one family, which the cap then holds
            agents = registered(plan, byzantine);
            roster = freeze(agents);
        }
        return new Company(agents, roster, byzantine);
    }

    private static List<RegisteredAgent> registered(SimulationPlan plan, Set<String> sybils) {
        List<RegisteredAgent> agents = new ArrayList<>();
        if (plan.agents() == DefaultRoster.values().length) {
            for (DefaultRoster member : DefaultRoster.values()) {
                agents.add(agent(member.agent(), member.role(), member.family(), sybils));
            }
            return agents;
        }
        for (int i = 0; i < plan.agents(); i++) {
            AgentRole role = ROLES[i % ROLES.length];
            String family = String.format("f%03d", i);
            agents.add(agent(role.word() + "/" + family, role, family, sybils));
        }
        return agents;
    }

    private static RegisteredAgent agent(
            String name, AgentRole role, String family, Set<String> sybils) {
        return new RegisteredAgent(
                TENANT,
                name,
                role,
                sybils.contains(name) ? "sybil" : family,
                1,
                Sha256.hex(Sha256.of(name.getBytes(StandardCharsets.UTF_8))),
                0);
    }

    private static Roster freeze(List<RegisteredAgent> agents) {
        List<Seat> seats = new ArrayList<>();
        for (RegisteredAgent agent : agents) {
            seats.add(
                    new Seat(
                            agent.agent(),
                            agent.role(),
                            agent.family(),
                            1,
                            agent.publicKey(),
                            Seat.WHOLE_PPM,
                            SeatStanding.TRUSTED,
                            0));
        }
        return Rosters.freeze(Rosters.DEFAULT_WEIGHTS, seats, Set.of());
    }

    /** Of some random choices the one with most power that is allowed. */
    private static Set<String> choose(SimulationPlan plan, Roster roster, Random random) {
        Set<String> best = Set.of();
        int most = -1;
        for (int trial = 0; trial < (plan.isShare() ? TRIALS : 1); trial++) {
            List<Seat> seats = new ArrayList<>(roster.seats());
            Collections.shuffle(seats, random);
            if (plan.attack() == Attack.SYBIL) { // within one role, as far as it goes
                AgentRole role = seats.get(0).role();
                seats.sort(Collections.reverseOrder((a, b) -> same(a, role) - same(b, role)));
            }
            Set<String> chosen = new TreeSet<>();
            int power = 0;
            for (Seat seat : seats) {
                boolean fits =
                        plan.isShare()
                                ? power + seat.powerPpm() <= plan.byzantine() * Seat.WHOLE_PPM
                                : chosen.size() < plan.byzantine();
                if (fits) {
                    chosen.add(seat.agent());
                    power += seat.powerPpm();
                }
            }
            if (power > most) {
                most = power;
                best = chosen;
            }
        }
        return best;
    }

    private static int same(Seat seat, AgentRole role) {
        return seat.role() == role ? 1 : 0;
    }

    List<RegisteredAgent> agents() {
        return agents;
    }

    boolean isByzantine(String agent) {
        return byzantine.contains(agent);
    }

    Set<String> byzantine() {
        return byzantine;
    }

    /** Of a roster in which all are trusted alike. */
    int powerPpm(String agent) {
        return roster.seat(agent).orElseThrow().powerPpm();
    }

    int byzantinePpm() {
        return byzantine.stream().mapToInt(this::powerPpm).sum();
    }
}
