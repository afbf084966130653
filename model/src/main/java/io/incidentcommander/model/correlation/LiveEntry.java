// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A kind of alert that an incident showed lately: what later alerts are compared with. Immutable.
 */
public final class LiveEntry {
    private final String incidentId;
    private final String service;
    private final String name;
    private final List<String> keys;
    private final long lastMillis;
    private final double usual;

    /**
     * @param keys what it is found by besides its service: labels and traits of its text
     * @param lastMillis event time of its latest alert, epoch milliseconds
     * @param usual how often its kind came in the day before that
     */
    public LiveEntry(
            String incidentId,
            String service,
            String name,
            List<String> keys,
            long lastMillis,
            double usual) {
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.service = Objects.requireNonNull(service, "service");
        this.name = Objects.requireNonNull(name, "name");
        this.keys = List.copyOf(keys);
        this.lastMillis = lastMillis;
        this.usual = usual;
    }

    public String incidentId() {
        return incidentId;
    }

    public String service() {
        return service;
    }

    public String name() {
        return name;
    }

    public List<String> keys() {
        return keys;
    }

    public long lastMillis() {
        return lastMillis;
    }

    public double usual() {
        return usual;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LiveEntry
                && ((LiveEntry) other).incidentId.equals(incidentId)
                && ((LiveEntry) other).service.equals(service)
                && ((LiveEntry) other).name.equals(name)
                && ((LiveEntry) other).keys.equals(keys)
                && ((LiveEntry) other).lastMillis == lastMillis
                && Double.compare(((LiveEntry) other).usual, usual) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incidentId, service, name);
    }

    @Override
    public String toString() {
        return service + "/" + name + " of " + incidentId + " until " + lastMillis;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(incidentId, out);
        Wire.writeString(service, out);
        Wire.writeString(name, out);
        out.writeInt(keys.size());
        for (String key : keys) {
            Wire.writeString(key, out);
        }
        out.writeLong(lastMillis);
        out.writeDouble(usual);
    }

    static LiveEntry read(DataInputView in) throws IOException {
        String incidentId = Wire.readString(in);
        String service = Wire.readString(in);
        String name = Wire.readString(in);
        int size = in.readInt();
        List<String> keys = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            keys.add(Wire.readString(in));
        }
        return new LiveEntry(incidentId, service, name, keys, in.readLong(), in.readDouble());
    }
}
