// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * What an operator has in memory of its keys, in a checkpoint: one after the other in Flink's raw
 * keyed state, by key group, so that it follows its keys when the job is rescaled. The state
 * backend is not asked: writing each into RocksDB, there to be flushed and compacted, takes many
 * times as long, and everything behind the operator waits for it.
 */
public final class KeyGroupSnapshot {
    private static final int VERSION = 1;

    private KeyGroupSnapshot() {}

    /**
     * @param keyGroups of the job, its maximum parallelism
     */
    public static <T> void write(
            Iterable<T> things,
            Function<T, Object> key,
            Writer<T> writer,
            int keyGroups,
            KeyedStateCheckpointOutputStream out)
            throws IOException {
        List<List<T>> byGroup = new ArrayList<>(keyGroups);
        for (int group = 0; group < keyGroups; group++) {
            byGroup.add(new ArrayList<>());
        }
        for (T thing : things) {
            byGroup.get(KeyGroupRangeAssignment.assignToKeyGroup(key.apply(thing), keyGroups))
                    .add(thing);
        }
        DataOutputSerializer encoding = new DataOutputSerializer(64 * 1024);
        for (int group : out.getKeyGroupList()) {
            out.startNewKeyGroup(group);
            encoding.clear();
            encoding.writeByte(VERSION);
            encoding.writeInt(byGroup.get(group).size());
            for (T thing : byGroup.get(group)) {
                writer.write(thing, encoding);
            }
            out.write(encoding.getSharedBuffer(), 0, encoding.length());
        }
    }

    /** Reads one thing after the other. */
    public static void read(Iterable<KeyGroupStatePartitionStreamProvider> groups, Reader reader)
            throws IOException {
        for (KeyGroupStatePartitionStreamProvider group : groups) {
            DataInputView in = new DataInputViewStreamWrapper(group.getStream());
            Wire.readVersion(in, VERSION, KeyGroupSnapshot.class);
            for (int left = in.readInt(); left > 0; left--) {
                reader.read(in);
            }
        }
    }

    /** Writes one thing. */
    @FunctionalInterface
    public interface Writer<T> {
        void write(T thing, DataOutputView out) throws IOException;
    }

    /** Reads what {@link Writer} wrote, all of it and no more. */
    @FunctionalInterface
    public interface Reader {
        void read(DataInputView in) throws IOException;
    }
}
