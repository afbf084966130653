// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus.reputation;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One reason to suspect one agent. Immutable. The id makes a repeat harmless: the same finding,
 * replayed after a failure, has the same id and counts once.
 *
 * <p>Only what the agent itself must have done is evidence against it. A message anybody can forge
 * in its name (a bad signature, an unknown key, an old message sent again) is none.
 */
public final class Evidence {
    private final String evidenceId;
    private final String kind;
    private final double points;
    private final long atMillis;

    /**
     * @param kind the kind of finding, for people
     * @param points of suspicion, in (0,100]; what was proven by two signed messages has 100
     * @param atMillis event time
     */
    public Evidence(String evidenceId, String kind, double points, long atMillis) {
        if (!(points > 0 && points <= 100)) {
            throw new IllegalArgumentException("Points are in (0,100], not " + points);
        }
        this.evidenceId = Objects.requireNonNull(evidenceId, "evidenceId");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.points = points;
        this.atMillis = atMillis;
    }

    public String evidenceId() {
        return evidenceId;
    }

    public String kind() {
        return kind;
    }

    public double points() {
        return points;
    }

    public long atMillis() {
        return atMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Evidence)) {
            return false;
        }
        Evidence that = (Evidence) other;
        return evidenceId.equals(that.evidenceId)
                && kind.equals(that.kind)
                && Double.compare(points, that.points) == 0
                && atMillis == that.atMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(evidenceId, kind, points, atMillis);
    }

    @Override
    public String toString() {
        return kind + " (" + points + ") at " + atMillis + ", " + evidenceId;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(evidenceId, out);
        Wire.writeString(kind, out);
        out.writeDouble(points);
        out.writeLong(atMillis);
    }

    static Evidence read(DataInputView in) throws IOException {
        return new Evidence(
                Wire.readString(in), Wire.readString(in), in.readDouble(), in.readLong());
    }
}
