// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling.flapping;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.sampling.FlapHistory;
import java.io.IOException;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The history of one alert that {@link FlapOperator} has in memory. Not thread safe. */
final class FlapSlot {
    /** Later than any time. */
    static final long NEVER = Long.MAX_VALUE;

    private static final FlapHistory.FlapHistoryCodec HISTORY = new FlapHistory.FlapHistoryCodec();

    private final Tuple3<String, Long, Long> key;
    private FlapHistory history;
    private boolean isNewer;
    private boolean isStored;
    private long dueMillis = NEVER;

    private FlapSlot(
            Tuple3<String, Long, Long> key,
            FlapHistory history,
            boolean isNewer,
            boolean isStored) {
        this.key = key;
        this.history = history;
        this.isNewer = isNewer;
        this.isStored = isStored;
    }

    static FlapSlot ofNothing(Tuple3<String, Long, Long> key) {
        return new FlapSlot(key, FlapHistory.none(), false, false);
    }

    static FlapSlot ofStored(Tuple3<String, Long, Long> key, FlapHistory history) {
        return new FlapSlot(key, history, false, true);
    }

    Tuple3<String, Long, Long> key() {
        return key;
    }

    FlapHistory history() {
        return history;
    }

    void history(FlapHistory newer) {
        history = newer;
        isNewer = true;
    }

    /** Whether the state does not have the history as it is now. */
    boolean isNewer() {
        return isNewer;
    }

    /** Whether the state has a history of the alert, if an older one. */
    boolean isStored() {
        return isStored;
    }

    /** The state has the history as it is now. */
    void stored() {
        isNewer = false;
        isStored = true;
    }

    /** When it is looked at next; {@link #NEVER} also for one that is no longer in memory. */
    long dueMillis() {
        return dueMillis;
    }

    void due(long millis) {
        dueMillis = millis;
    }

    void write(DataOutputView out) throws IOException {
        Wire.writeString(key.f0, out);
        out.writeLong(key.f1);
        out.writeLong(key.f2);
        out.writeBoolean(isStored);
        HISTORY.write(history, out);
    }

    /** As written; the state does not have it as it is. */
    static FlapSlot read(DataInputView in) throws IOException {
        Tuple3<String, Long, Long> key =
                Tuple3.of(Wire.readString(in), in.readLong(), in.readLong());
        boolean isStored = in.readBoolean();
        return new FlapSlot(key, HISTORY.read(in), true, isStored);
    }
}
