// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * The slots of a {@link WorkingSet} whose state is behind, in a checkpoint: one after the other in
 * Flink's raw keyed state, by key group, so that they follow their keys when the job is rescaled.
 * The state backend is not asked, since writing each into RocksDB, there to be flushed and
 * compacted, takes many times as long, and everything behind deduplication waits for it.
 */
final class WorkingSetSnapshot {
    private static final int VERSION = 1;

    private WorkingSetSnapshot() {}

    static void write(WorkingSet slots, int keyGroups, KeyedStateCheckpointOutputStream out)
            throws Exception {
        List<List<FingerprintSlot>> byGroup = new ArrayList<>(keyGroups);
        for (int group = 0; group < keyGroups; group++) {
            byGroup.add(new ArrayList<>());
        }
        slots.forEach(
                slot -> {
                    if (slot.needsStoring()) {
                        int group = KeyGroupRangeAssignment.assignToKeyGroup(slot.key(), keyGroups);
                        byGroup.get(group).add(slot);
                    }
                });
        DataOutputSerializer encoding = new DataOutputSerializer(64 * 1024);
        for (int group : out.getKeyGroupList()) {
            out.startNewKeyGroup(group);
            encoding.clear();
            encoding.writeByte(VERSION);
            encoding.writeInt(byGroup.get(group).size());
            for (FingerprintSlot slot : byGroup.get(group)) {
                slot.write(encoding);
            }
            out.write(encoding.getSharedBuffer(), 0, encoding.length());
        }
    }

    static List<FingerprintSlot> read(Iterable<KeyGroupStatePartitionStreamProvider> groups)
            throws IOException {
        List<FingerprintSlot> slots = new ArrayList<>();
        for (KeyGroupStatePartitionStreamProvider group : groups) {
            DataInputView in = new DataInputViewStreamWrapper(group.getStream());
            Wire.readVersion(in, VERSION, WorkingSet.class);
            for (int left = in.readInt(); left > 0; left--) {
                slots.add(FingerprintSlot.read(in));
            }
        }
        return slots;
    }
}
