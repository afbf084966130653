// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often a kind of alert, a name on a service, has come lately, and which incident it was part
 * of last. Immutable.
 */
public final class KindRate {
    private final String service;
    private final String name;
    private final double count;
    private final long lastMillis;
    private final String incidentId;

    /**
     * @param count alerts, each of which has faded since it came; as of {@code lastMillis}
     * @param lastMillis event time of the latest, epoch milliseconds
     * @param incidentId empty if it was part of none
     */
    public KindRate(String service, String name, double count, long lastMillis, String incidentId) {
        this.service = Objects.requireNonNull(service, "service");
        this.name = Objects.requireNonNull(name, "name");
        this.count = count;
        this.lastMillis = lastMillis;
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
    }

    public String service() {
        return service;
    }

    public String name() {
        return name;
    }

    public double count() {
        return count;
    }

    public long lastMillis() {
        return lastMillis;
    }

    /** Empty for none. */
    public String incidentId() {
        return incidentId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KindRate
                && ((KindRate) other).service.equals(service)
                && ((KindRate) other).name.equals(name)
                && Double.compare(((KindRate) other).count, count) == 0
                && ((KindRate) other).lastMillis == lastMillis
                && ((KindRate) other).incidentId.equals(incidentId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, name, lastMillis);
    }

    @Override
    public String toString() {
        return service + "/" + name + " x" + count + " until " + lastMillis + " in " + incidentId;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(service, out);
        Wire.writeString(name, out);
        out.writeDouble(count);
        out.writeLong(lastMillis);
        Wire.writeString(incidentId, out);
    }

    static KindRate read(DataInputView in) throws IOException {
        return new KindRate(
                Wire.readString(in),
                Wire.readString(in),
                in.readDouble(),
                in.readLong(),
                Wire.readString(in));
    }
}
