// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.logs;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Entries of one severity that read the same once what varies by its look is masked, counted.
 * Immutable.
 *
 * <p>The natural order says which groups go first when there is no room for all: by severity,
 * highest first, then by a hash of the signature. It does not depend on the count, so that parts
 * that were cut each for itself and then added up agree with what would have been cut at once.
 */
public final class LogGroup implements Comparable<LogGroup> {
    private static final Severity[] SEVERITIES = Severity.values();
    private static final Comparator<LogGroup> ORDER =
            Comparator.comparing(LogGroup::severity)
                    .reversed()
                    .thenComparingLong(group -> group.hash)
                    .thenComparing(LogGroup::signature);

    private final String signature;
    private final Severity severity;
    private final long count;
    private final LogExample example;
    private final long hash;

    /**
     * @param signature tokens joined by single spaces
     * @param count entries, at least 1
     * @param example the first of them by time and id
     */
    public LogGroup(String signature, Severity severity, long count, LogExample example) {
        if (count < 1) {
            throw new IllegalArgumentException("A group has entries, not " + count);
        }
        this.signature = Objects.requireNonNull(signature, "signature");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.count = count;
        this.example = Objects.requireNonNull(example, "example");
        this.hash = hash(signature);
    }

    public String signature() {
        return signature;
    }

    public Severity severity() {
        return severity;
    }

    public long count() {
        return count;
    }

    public LogExample example() {
        return example;
    }

    /** Both together; only for the same signature and severity. */
    public LogGroup plus(LogGroup other) {
        if (!isLike(other)) {
            throw new IllegalArgumentException(this + " and " + other + " are different groups");
        }
        return new LogGroup(
                signature,
                severity,
                count + other.count,
                example.compareTo(other.example) <= 0 ? example : other.example);
    }

    /** Whether the two differ in count and example at most. */
    public boolean isLike(LogGroup other) {
        return severity == other.severity && signature.equals(other.signature);
    }

    @Override
    public int compareTo(LogGroup other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogGroup
                && isLike((LogGroup) other)
                && ((LogGroup) other).count == count
                && ((LogGroup) other).example.equals(example);
    }

    @Override
    public int hashCode() {
        return Objects.hash(signature, severity, count);
    }

    @Override
    public String toString() {
        return severity + " " + count + " x " + signature;
    }

    /** FNV-1a of 64 bits, its bits mixed by the finalizer of SplitMix64. */
    private static long hash(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }

    static void write(LogGroup value, DataOutputView out) throws IOException {
        Wire.writeString(value.signature, out);
        out.writeByte(value.severity.ordinal());
        out.writeLong(value.count);
        LogExample.write(value.example, out);
    }

    static LogGroup read(DataInputView in) throws IOException {
        return new LogGroup(
                Wire.readString(in), SEVERITIES[in.readByte()], in.readLong(), LogExample.read(in));
    }
}
