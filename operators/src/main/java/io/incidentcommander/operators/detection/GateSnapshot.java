// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.detection.HeldEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyGroupStatePartitionStreamProvider;
import org.apache.flink.runtime.state.KeyedStateCheckpointOutputStream;

/**
 * The slots of a {@link PatternGate} whose state is behind, in a checkpoint: in Flink's raw keyed
 * state, by key group, so that they follow their keys when the job is rescaled. In RocksDB each
 * would be written with a timer, at every checkpoint.
 */
final class GateSnapshot {
    private static final int VERSION = 1;
    private static final HeldEvents.HeldEventsCodec HELD = new HeldEvents.HeldEventsCodec();

    private GateSnapshot() {}

    static <K> void write(
            List<GateSlot<K>> slots,
            TypeSerializer<K> keys,
            int keyGroups,
            KeyedStateCheckpointOutputStream out)
            throws IOException {
        List<List<GateSlot<K>>> byGroup = new ArrayList<>(keyGroups);
        for (int group = 0; group < keyGroups; group++) {
            byGroup.add(new ArrayList<>());
        }
        for (GateSlot<K> slot : slots) {
            byGroup.get(KeyGroupRangeAssignment.assignToKeyGroup(slot.key(), keyGroups)).add(slot);
        }
        DataOutputSerializer encoding = new DataOutputSerializer(64 * 1024);
        for (int group : out.getKeyGroupList()) {
            out.startNewKeyGroup(group);
            encoding.clear();
            encoding.writeByte(VERSION);
            encoding.writeInt(byGroup.get(group).size());
            for (GateSlot<K> slot : byGroup.get(group)) {
                keys.serialize(slot.key(), encoding);
                encoding.writeBoolean(slot.isStored());
                HELD.write(slot.held(), encoding);
            }
            out.write(encoding.getSharedBuffer(), 0, encoding.length());
        }
    }

    static <K> void read(
            Iterable<KeyGroupStatePartitionStreamProvider> groups,
            TypeSerializer<K> keys,
            Reader<K> reader)
            throws IOException {
        for (KeyGroupStatePartitionStreamProvider group : groups) {
            DataInputView in = new DataInputViewStreamWrapper(group.getStream());
            Wire.readVersion(in, VERSION, GateSlot.class);
            for (int left = in.readInt(); left > 0; left--) {
                reader.take(keys.deserialize(in), in.readBoolean(), HELD.read(in));
            }
        }
    }

    /** Takes one slot. */
    @FunctionalInterface
    interface Reader<K> {
        /**
         * @param isStored whether the state has something of the key, older than this
         */
        void take(K key, boolean isStored, HeldEvents newer);
    }
}
