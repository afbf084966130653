// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.logs;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What many entries of a log have in common, with how often it was written when. Immutable. */
public final class LogTemplate {
    private static final Severity[] SEVERITIES = Severity.values();

    private final String text;
    private final Severity severity;
    private final CountsOverTime counts;
    private final long lastMillis;
    private final List<LogExample> examples;

    /**
     * @param text tokens joined by single spaces, {@code <*>} for what varies
     * @param severity the highest of its entries
     * @param lastMillis the start of the last slice in which it was written
     * @param examples a few, in their natural order
     */
    public LogTemplate(
            String text,
            Severity severity,
            CountsOverTime counts,
            long lastMillis,
            List<LogExample> examples) {
        this.text = Objects.requireNonNull(text, "text");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.counts = Objects.requireNonNull(counts, "counts");
        this.lastMillis = lastMillis;
        this.examples = List.copyOf(examples);
    }

    public String text() {
        return text;
    }

    public Severity severity() {
        return severity;
    }

    public CountsOverTime counts() {
        return counts;
    }

    public long lastMillis() {
        return lastMillis;
    }

    public List<LogExample> examples() {
        return examples;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof LogTemplate)) {
            return false;
        }
        LogTemplate that = (LogTemplate) other;
        return lastMillis == that.lastMillis
                && severity == that.severity
                && text.equals(that.text)
                && counts.equals(that.counts)
                && examples.equals(that.examples);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, severity, counts);
    }

    @Override
    public String toString() {
        return severity + " " + text + " " + counts;
    }

    static void write(LogTemplate value, DataOutputView out) throws IOException {
        Wire.writeString(value.text, out);
        out.writeByte(value.severity.ordinal());
        CountsOverTime.write(value.counts, out);
        out.writeLong(value.lastMillis);
        out.writeInt(value.examples.size());
        for (LogExample example : value.examples) {
            LogExample.write(example, out);
        }
    }

    static LogTemplate read(DataInputView in) throws IOException {
        String text = Wire.readString(in);
        Severity severity = SEVERITIES[in.readByte()];
        CountsOverTime counts = CountsOverTime.read(in);
        long last = in.readLong();
        int size = in.readInt();
        List<LogExample> examples = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            examples.add(LogExample.read(in));
        }
        return new LogTemplate(text, severity, counts, last, examples);
    }
}
