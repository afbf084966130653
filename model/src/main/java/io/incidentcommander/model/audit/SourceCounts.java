// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What was counted for one source: records by outcome, alerts decoded, alerts by disposition. As a
 * part of a delta it may well be out of balance; see {@link #imbalance} for the whole. Immutable.
 */
public final class SourceCounts {
    private static final RecordOutcome[] OUTCOMES = RecordOutcome.values();
    private static final Disposition[] DISPOSITIONS = Disposition.values();

    /** One cell per outcome, then the alerts decoded, then one per disposition. */
    static final int ALERTS = OUTCOMES.length;

    static final int CELLS = OUTCOMES.length + 1 + DISPOSITIONS.length;

    private static final SourceCounts NOTHING = new SourceCounts(new long[CELLS]);

    private final long[] cells;

    /** Takes the array over. */
    SourceCounts(long[] cells) {
        this.cells = cells;
    }

    static int cell(RecordOutcome outcome) {
        return outcome.ordinal();
    }

    static int cell(Disposition disposition) {
        return ALERTS + 1 + disposition.ordinal();
    }

    public static SourceCounts nothing() {
        return NOTHING;
    }

    public long records(RecordOutcome outcome) {
        return cells[cell(outcome)];
    }

    /** Records read: the sum of all outcomes. */
    public long recordsIn() {
        long sum = 0;
        for (RecordOutcome outcome : OUTCOMES) {
            sum += records(outcome);
        }
        return sum;
    }

    /** Alerts decoded. */
    public long alerts() {
        return cells[ALERTS];
    }

    /** Alerts of this disposition; of {@link Disposition#PENDING} see {@link #pending}. */
    public long alerts(Disposition disposition) {
        return disposition == Disposition.PENDING ? pending() : cells[cell(disposition)];
    }

    /** Alerts decoded whose disposition is not counted yet. Negative if something counts twice. */
    public long pending() {
        long finished = 0;
        for (Disposition disposition : DISPOSITIONS) {
            finished += cells[cell(disposition)];
        }
        return alerts() - finished;
    }

    public SourceCounts plus(SourceCounts other) {
        long[] sum = cells.clone();
        for (int i = 0; i < CELLS; i++) {
            sum[i] += other.cells[i];
        }
        return new SourceCounts(sum);
    }

    /**
     * Why these counts cannot be the whole truth about a source, in one line; empty if they
     * balance. An alert-bearing record bears one alert at least, and no other record any.
     */
    public Optional<String> imbalance() {
        for (RecordOutcome outcome : OUTCOMES) {
            if (records(outcome) < 0) {
                return Optional.of("negative " + outcome.word() + ": " + records(outcome));
            }
        }
        for (Disposition disposition : DISPOSITIONS) {
            if (alerts(disposition) < 0) {
                return Optional.of("negative " + disposition.word() + ": " + alerts(disposition));
            }
        }
        long bearing = records(RecordOutcome.ALERT_BEARING);
        if (alerts() < bearing || (bearing == 0 && alerts() > 0)) {
            return Optional.of(alerts() + " alerts from " + bearing + " alert-bearing records");
        }
        return Optional.empty();
    }

    void write(DataOutputView out) throws IOException {
        out.writeByte(OUTCOMES.length);
        out.writeByte(DISPOSITIONS.length);
        for (long cell : cells) {
            out.writeLong(cell);
        }
    }

    /** Also reads what a release with fewer outcomes or dispositions wrote. */
    static SourceCounts read(DataInputView in) throws IOException {
        int outcomes = in.readByte();
        int dispositions = in.readByte();
        long[] cells = new long[CELLS];
        for (int i = 0; i < outcomes; i++) {
            cells[i] = in.readLong();
        }
        cells[ALERTS] = in.readLong();
        for (int i = 0; i < dispositions; i++) {
            cells[ALERTS + 1 + i] = in.readLong();
        }
        return new SourceCounts(cells);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceCounts && Arrays.equals(((SourceCounts) other).cells, cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    @Override
    public String toString() {
        return "in " + recordsIn() + ", alerts " + alerts() + ", pending " + pending();
    }
}
