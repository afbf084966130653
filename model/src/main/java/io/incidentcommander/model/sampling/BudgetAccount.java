// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a tenant's sampling budget has seen and spent so far. Immutable. */
public final class BudgetAccount {
    private static final BudgetAccount EMPTY = new BudgetAccount(0, 0, Long.MIN_VALUE);

    private final long seen;
    private final long kept;
    private final long lastKeptMillis;

    /**
     * @param seen alerts that came, repeats too
     * @param kept alerts that were kept
     * @param lastKeptMillis event time of the latest that was kept; {@link Long#MIN_VALUE} for none
     */
    public BudgetAccount(long seen, long kept, long lastKeptMillis) {
        this.seen = seen;
        this.kept = kept;
        this.lastKeptMillis = lastKeptMillis;
    }

    public static BudgetAccount empty() {
        return EMPTY;
    }

    public long seen() {
        return seen;
    }

    public long kept() {
        return kept;
    }

    public long lastKeptMillis() {
        return lastKeptMillis;
    }

    /** With {@code n} alerts more that came. */
    public BudgetAccount plusSeen(long n) {
        return new BudgetAccount(seen + n, kept, lastKeptMillis);
    }

    /** With one more that was kept. */
    public BudgetAccount plusKept(long timeMillis) {
        return new BudgetAccount(seen, kept + 1, Math.max(lastKeptMillis, timeMillis));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BudgetAccount
                && ((BudgetAccount) other).seen == seen
                && ((BudgetAccount) other).kept == kept
                && ((BudgetAccount) other).lastKeptMillis == lastKeptMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(seen, kept, lastKeptMillis);
    }

    @Override
    public String toString() {
        return kept + " of " + seen + " kept";
    }

    public void write(DataOutputView out) throws IOException {
        out.writeLong(seen);
        out.writeLong(kept);
        out.writeLong(lastKeptMillis);
    }

    public static BudgetAccount read(DataInputView in) throws IOException {
        return new BudgetAccount(in.readLong(), in.readLong(), in.readLong());
    }
}
