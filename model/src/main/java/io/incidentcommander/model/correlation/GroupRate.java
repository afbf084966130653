// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How many alerts of a group (a text, a label's value, all of the tenant) have come lately, by how
 * common their kinds were then. Immutable.
 */
public final class GroupRate {
    private final String key;
    private final long lastMillis;
    private final double[] byClass;
    private final String incidentId;

    /**
     * @param byClass alerts by class of commonness, from the rarest, each of which has faded since
     *     it came; as of {@code lastMillis}
     * @param incidentId the incident that one of them was part of last; empty for none
     */
    public GroupRate(String key, long lastMillis, double[] byClass, String incidentId) {
        this.key = Objects.requireNonNull(key, "key");
        this.lastMillis = lastMillis;
        this.byClass = byClass.clone();
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
    }

    public String key() {
        return key;
    }

    public long lastMillis() {
        return lastMillis;
    }

    /** A copy. */
    public double[] byClass() {
        return byClass.clone();
    }

    /** Empty for none. */
    public String incidentId() {
        return incidentId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupRate
                && ((GroupRate) other).key.equals(key)
                && ((GroupRate) other).lastMillis == lastMillis
                && Arrays.equals(((GroupRate) other).byClass, byClass)
                && ((GroupRate) other).incidentId.equals(incidentId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, lastMillis);
    }

    @Override
    public String toString() {
        return key + " " + Arrays.toString(byClass) + " until " + lastMillis;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(key, out);
        out.writeLong(lastMillis);
        out.writeByte(byClass.length);
        for (double count : byClass) {
            out.writeDouble(count);
        }
        Wire.writeString(incidentId, out);
    }

    static GroupRate read(DataInputView in) throws IOException {
        String key = Wire.readString(in);
        long lastMillis = in.readLong();
        double[] byClass = new double[in.readByte()];
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] = in.readDouble();
        }
        return new GroupRate(key, lastMillis, byClass, Wire.readString(in));
    }
}
