// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.Objects;

/** One agent of a frozen roster: who it is, its key, and what its vote weighs. Immutable. */
public final class Seat {
    /** All of something, in parts per million. */
    public static final int WHOLE_PPM = 1_000_000;

    private final String agent;
    private final AgentRole role;
    private final String family;
    private final int keyEpoch;
    private final String publicKey;
    private final int reputationPpm;
    private final SeatStanding standing;
    private final int powerPpm;

    /**
     * @param publicKey Ed25519, 64 lower-case hexadecimal digits
     * @param reputationPpm 0 to 1,000,000
     * @param powerPpm share of the eligible voting power, 0 to 1,000,000
     */
    public Seat(
            String agent,
            AgentRole role,
            String family,
            int keyEpoch,
            String publicKey,
            int reputationPpm,
            SeatStanding standing,
            int powerPpm) {
        this.agent = Objects.requireNonNull(agent, "agent");
        this.role = Objects.requireNonNull(role, "role");
        this.family = Objects.requireNonNull(family, "family");
        this.keyEpoch = keyEpoch;
        this.publicKey = publicKey;
        Sha256.parse(publicKey); // as many digits as a hash
        this.reputationPpm = share(reputationPpm);
        this.standing = Objects.requireNonNull(standing, "standing");
        this.powerPpm = share(powerPpm);
    }

    private static int share(int ppm) {
        if (ppm < 0 || ppm > WHOLE_PPM) {
            throw new IllegalArgumentException("A share is 0 to 1,000,000 ppm: " + ppm);
        }
        return ppm;
    }

    /** This seat with another standing and power. */
    public Seat with(SeatStanding newStanding, int newPowerPpm) {
        return new Seat(
                agent, role, family, keyEpoch, publicKey, reputationPpm, newStanding, newPowerPpm);
    }

    public String agent() {
        return agent;
    }

    public AgentRole role() {
        return role;
    }

    /** Failure domain: the vendor line of a model, or the algorithm. */
    public String family() {
        return family;
    }

    public int keyEpoch() {
        return keyEpoch;
    }

    /** 64 hexadecimal digits. */
    public String publicKey() {
        return publicKey;
    }

    /** What the role's share was multiplied with, before capping. */
    public int reputationPpm() {
        return reputationPpm;
    }

    public SeatStanding standing() {
        return standing;
    }

    /** Of the eligible voting power; 0 for one that left the denominator. */
    public int powerPpm() {
        return powerPpm;
    }

    void write(CanonicalWriter out) {
        out.text(agent).text(role.word()).text(family).int32(keyEpoch);
        out.fixed(Sha256.parse(publicKey)).int32(reputationPpm);
        out.text(standing.name()).int32(powerPpm);
    }

    static Seat read(CanonicalReader in) throws IOException {
        return new Seat(
                in.text(),
                AgentRole.ofWord(in.text()),
                in.text(),
                in.int32(),
                Sha256.hex(in.fixed(Sha256.BYTES)),
                in.int32(),
                SeatStanding.valueOf(in.text()),
                in.int32());
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Seat)) {
            return false;
        }
        Seat that = (Seat) other;
        return agent.equals(that.agent)
                && role == that.role
                && family.equals(that.family)
                && keyEpoch == that.keyEpoch
                && publicKey.equals(that.publicKey)
                && reputationPpm == that.reputationPpm
                && standing == that.standing
                && powerPpm == that.powerPpm;
    }

    @Override
    public int hashCode() {
        return Objects.hash(agent, keyEpoch, powerPpm);
    }

    @Override
    public String toString() {
        return agent + " " + standing + " " + powerPpm + " ppm";
    }
}
