// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.control;

import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlVerdict;
import io.incidentcommander.udfs.correlation.control.TenantRules;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What holds, in any operator that hears the control stream: the files the job was started with,
 * and the updates since, which are broadcast state. Bound: as {@link ControlBook}; what ended a day
 * of event time ago is dropped. Every subtask has the same updates, but for ones that are over.
 */
public final class ControlState {
    /** Part of the savepoint of every operator that hears the control stream. */
    public static final MapStateDescriptor<String, ControlUpdate> DESCRIPTOR =
            new MapStateDescriptor<>(
                    "control-updates", Types.STRING, TypeInformation.of(ControlUpdate.class));

    private static final long DAY_MILLIS = 86_400_000;
    private static final long TIDY_MILLIS = 600_000;

    private final BroadcastState<String, ControlUpdate> state;
    private final ControlBook book;
    private final long changeMemoryMillis;
    private long tidied = Long.MIN_VALUE;

    private ControlState(
            BroadcastState<String, ControlUpdate> state,
            ControlBook book,
            long changeMemoryMillis) {
        this.state = state;
        this.book = book;
        this.changeMemoryMillis = changeMemoryMillis;
    }

    /**
     * The book as of the last checkpoint.
     *
     * @throws IllegalArgumentException if a file is wrong; it was read before the job began
     */
    public static ControlState restore(OperatorStateStore store, ControlSettings settings)
            throws Exception {
        BroadcastState<String, ControlUpdate> state = store.getBroadcastState(DESCRIPTOR);
        List<Problems.Problem> problems = new ArrayList<>();
        ControlBook book = ControlBook.of(settings.files(), settings.maxSilences(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("A control file is wrong: " + problems);
        }
        List<ControlUpdate> updates = new ArrayList<>();
        for (Map.Entry<String, ControlUpdate> entry : state.immutableEntries()) {
            updates.add(entry.getValue());
        }
        updates.sort(Comparator.comparingLong(ControlUpdate::sequence));
        updates.forEach(book::accept);
        return new ControlState(state, book, settings.changeMemoryMillis());
    }

    public ControlBook book() {
        return book;
    }

    public TenantRules rules(String tenant, long millis) {
        return book.rules(tenant, millis);
    }

    /**
     * Takes in an update.
     *
     * @param millis how far event time has come, for the report
     */
    public ControlReport accept(ControlUpdate update, long millis) throws Exception {
        ControlVerdict verdict = book.accept(update);
        if (verdict.outcome() == ControlReport.Outcome.APPLIED) {
            state.put(ControlBook.keyOf(update), update);
        }
        return verdict.report(update, millis);
    }

    /** Event time has come to here; nothing is over before it has begun, nor at its end. */
    public void advance(long watermark) throws Exception {
        boolean isTime = watermark != Long.MIN_VALUE && watermark != Long.MAX_VALUE;
        boolean isTidy = tidied != Long.MIN_VALUE && watermark - TIDY_MILLIS < tidied;
        if (!isTime || isTidy) {
            return;
        }
        tidied = watermark;
        book.expire(watermark - DAY_MILLIS, watermark - changeMemoryMillis);
        List<String> over = new ArrayList<>();
        for (Map.Entry<String, ControlUpdate> entry : state.immutableEntries()) {
            if (!book.retained().containsKey(entry.getKey())) {
                over.add(entry.getKey());
            }
        }
        for (String key : over) {
            state.remove(key);
        }
    }
}
