// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The part of each day in which a person wants to hear of CRITICAL alone, on the clock of the
 * person's own wall. From after until means over midnight; both alike means never. Immutable.
 */
public final class QuietHours {
    /** Minutes of a day. */
    public static final int DAY = 24 * 60;

    private final ZoneId zone;
    private final int fromMinute;
    private final int untilMinute;

    /**
     * @param fromMinute of the day, from 0, included
     * @param untilMinute of the day, excluded
     */
    public QuietHours(ZoneId zone, int fromMinute, int untilMinute) {
        this.zone = Objects.requireNonNull(zone, "zone");
        if (fromMinute < 0 || fromMinute >= DAY || untilMinute < 0 || untilMinute >= DAY) {
            throw new IllegalArgumentException(
                    "A day has minutes 0 to 1439, not " + fromMinute + " to " + untilMinute);
        }
        this.fromMinute = fromMinute;
        this.untilMinute = untilMinute;
    }

    public ZoneId zone() {
        return zone;
    }

    public int fromMinute() {
        return fromMinute;
    }

    public int untilMinute() {
        return untilMinute;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(zone.getId(), out);
        out.writeShort(fromMinute);
        out.writeShort(untilMinute);
    }

    static QuietHours read(DataInputView in) throws IOException {
        return new QuietHours(ZoneId.of(Wire.readString(in)), in.readShort(), in.readShort());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuietHours
                && ((QuietHours) other).zone.equals(zone)
                && ((QuietHours) other).fromMinute == fromMinute
                && ((QuietHours) other).untilMinute == untilMinute;
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, fromMinute, untilMinute);
    }

    @Override
    public String toString() {
        return fromMinute + " to " + untilMinute + " " + zone;
    }
}
