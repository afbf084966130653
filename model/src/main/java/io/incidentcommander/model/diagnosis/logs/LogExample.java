// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.logs;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One entry of a log as it was written, cut to a bound by whoever made this. Untrusted text. The
 * natural order is by time, then id. Immutable.
 */
public final class LogExample implements Comparable<LogExample> {
    private static final Comparator<LogExample> ORDER =
            Comparator.comparingLong(LogExample::timeMillis).thenComparing(LogExample::id);

    private final String id;
    private final long timeMillis;
    private final String text;

    /**
     * @param id where the entry was read, such as {@code source:partition:offset:index}
     */
    public LogExample(String id, long timeMillis, String text) {
        this.id = Objects.requireNonNull(id, "id");
        this.timeMillis = timeMillis;
        this.text = Objects.requireNonNull(text, "text");
    }

    public String id() {
        return id;
    }

    public long timeMillis() {
        return timeMillis;
    }

    public String text() {
        return text;
    }

    @Override
    public int compareTo(LogExample other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogExample
                && ((LogExample) other).timeMillis == timeMillis
                && ((LogExample) other).id.equals(id)
                && ((LogExample) other).text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, timeMillis);
    }

    @Override
    public String toString() {
        return id + "@" + timeMillis + " " + text;
    }

    static void write(LogExample value, DataOutputView out) throws IOException {
        Wire.writeString(value.id, out);
        out.writeLong(value.timeMillis);
        Wire.writeString(value.text, out);
    }

    static LogExample read(DataInputView in) throws IOException {
        return new LogExample(Wire.readString(in), in.readLong(), Wire.readString(in));
    }
}
