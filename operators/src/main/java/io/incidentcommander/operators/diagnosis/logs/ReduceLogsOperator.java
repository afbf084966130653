// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.logs;

import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.operators.diagnosis.ReducingOperator;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.logs.SkipReason;
import io.incidentcommander.udfs.diagnosis.logs.SliceReducer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Reduces, on each subtask and before the shuffle by service, the entries of logs to groups that
 * read alike: a flood of errors is a few records.
 */
public final class ReduceLogsOperator extends ReducingOperator<LogRecord, LogSlice> {
    private static final long serialVersionUID = 1L;

    private final LogPolicy policy;

    private transient SliceReducer reducer;

    public ReduceLogsOperator(LogPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void open() throws Exception {
        super.open();
        reducer = new SliceReducer(policy);
        for (SkipReason reason : SkipReason.values()) {
            getMetricGroup()
                    .addGroup("logs")
                    .addGroup("reason", reason.name().toLowerCase(Locale.ROOT))
                    .gauge("skipped", () -> reducer.skipped().getOrDefault(reason, 0L));
        }
    }

    @Override
    protected void add(LogRecord entry) {
        reducer.add(entry);
    }

    @Override
    protected boolean isFull() {
        return reducer.isFull();
    }

    @Override
    protected void handOut(Consumer<LogSlice> out) {
        reducer.flush(out);
    }

    @Override
    protected long timeOf(LogSlice slice) {
        return slice.startMillis();
    }
}
