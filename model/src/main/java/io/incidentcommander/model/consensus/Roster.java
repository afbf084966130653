// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may vote in a round and with what power, frozen when the round opens. The seats that left the
 * denominator are on it too, so that the power can be computed again by whoever checks. Immutable.
 */
public final class Roster {
    private final Map<AgentRole, Integer> roleWeights;
    private final List<Seat> seats;
    private final CapStatus cap;
    private final List<String> cappedFamilies;
    private final int toleratedAgents;

    /**
     * @param roleWeights in parts per million
     * @param seats all registered agents, sorted by agent id, without repeats
     * @param cappedFamilies sorted
     * @param toleratedAgents how many of the voting agents, whichever, may lie or be silent
     */
    public Roster(
            Map<AgentRole, Integer> roleWeights,
            List<Seat> seats,
            CapStatus cap,
            List<String> cappedFamilies,
            int toleratedAgents) {
        this.roleWeights = new EnumMap<>(AgentRole.class);
        this.roleWeights.putAll(roleWeights);
        this.seats = List.copyOf(seats);
        this.cap = Objects.requireNonNull(cap, "cap");
        this.cappedFamilies = List.copyOf(cappedFamilies);
        this.toleratedAgents = toleratedAgents;
        for (int i = 1; i < seats.size(); i++) {
            if (seats.get(i - 1).agent().compareTo(seats.get(i).agent()) >= 0) {
                throw new IllegalArgumentException("Seats are sorted by agent, without repeats");
            }
        }
    }

    /** In parts per million, by role; a role that is not there has none. */
    public Map<AgentRole, Integer> roleWeights() {
        return new EnumMap<>(roleWeights);
    }

    /** All registered agents, sorted by agent id. */
    public List<Seat> seats() {
        return seats;
    }

    public Optional<Seat> seat(String agent) {
        int low = 0;
        int high = seats.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = seats.get(middle).agent().compareTo(agent);
            if (order == 0) {
                return Optional.of(seats.get(middle));
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return Optional.empty();
    }

    public CapStatus cap() {
        return cap;
    }

    /** Families whose power was cut to stay below a third. */
    public List<String> cappedFamilies() {
        return cappedFamilies;
    }

    /** How many of the voting agents, whichever, may lie or be silent. */
    public int toleratedAgents() {
        return toleratedAgents;
    }

    public int votingAgents() {
        int voting = 0;
        for (Seat seat : seats) {
            voting += seat.standing().votes() ? 1 : 0;
        }
        return voting;
    }

    public int trustedAgents() {
        int trusted = 0;
        for (Seat seat : seats) {
            trusted += seat.standing() == SeatStanding.TRUSTED ? 1 : 0;
        }
        return trusted;
    }

    /** All power that is in the denominator, voting or not. */
    public int eligiblePpm() {
        int eligible = 0;
        for (Seat seat : seats) {
            eligible += seat.standing().eligible() ? seat.powerPpm() : 0;
        }
        return eligible;
    }

    /** One line, for people: "tolerates 1 of 6". */
    public String tolerance() {
        return "tolerates " + toleratedAgents + " of " + votingAgents();
    }

    void write(CanonicalWriter out) {
        out.int32(roleWeights.size());
        roleWeights.forEach((role, weight) -> out.text(role.word()).int32(weight));
        out.int32(seats.size());
        seats.forEach(seat -> seat.write(out));
        out.text(cap.name()).int32(cappedFamilies.size());
        cappedFamilies.forEach(out::text);
        out.int32(toleratedAgents);
    }

    static Roster read(CanonicalReader in) throws IOException {
        Map<AgentRole, Integer> weights = new EnumMap<>(AgentRole.class);
        for (int left = in.count(); left > 0; left--) {
            weights.put(AgentRole.ofWord(in.text()), in.int32());
        }
        List<Seat> seats = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            seats.add(Seat.read(in));
        }
        CapStatus cap = CapStatus.valueOf(in.text());
        List<String> families = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            families.add(in.text());
        }
        return new Roster(weights, seats, cap, families, in.int32());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Roster
                && ((Roster) other).roleWeights.equals(roleWeights)
                && ((Roster) other).seats.equals(seats)
                && ((Roster) other).cap == cap
                && ((Roster) other).cappedFamilies.equals(cappedFamilies)
                && ((Roster) other).toleratedAgents == toleratedAgents;
    }

    @Override
    public int hashCode() {
        return seats.hashCode();
    }

    @Override
    public String toString() {
        return seats + ", " + tolerance();
    }
}
