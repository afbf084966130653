// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.shaded.guava31.com.google.common.hash.Hashing;

/** The states of a canonical savepoint: by operator and name, with the snapshots of their types. */
final class SavedState {
    private static final ClassLoader LOADER = SavedState.class.getClassLoader();

    private SavedState() {}

    /** Snapshots of the serializers by {@code uid/state}; the key's by {@code uid/<key>}. */
    static SortedMap<String, List<TypeSerializerSnapshot<?>>> read(
            Path savepoint, List<String> uids) throws IOException {
        Map<OperatorID, String> names = new java.util.HashMap<>();
        uids.forEach(uid -> names.put(idOf(uid), uid));
        TreeMap<String, List<TypeSerializerSnapshot<?>>> states = new TreeMap<>();
        for (OperatorState operator : metadata(savepoint).getOperatorStates()) {
            String uid =
                    names.getOrDefault(operator.getOperatorID(), "?" + operator.getOperatorID());
            for (OperatorSubtaskState subtask : operator.getStates()) {
                for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
                    readKeyed((KeyGroupsStateHandle) handle, uid, states);
                }
                for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                    readOperator(handle, uid, states);
                }
            }
        }
        return states;
    }

    /** The id under which Flink keeps the state of the operator of this uid. */
    private static OperatorID idOf(String uid) {
        return new OperatorID(
                Hashing.murmur3_128(0)
                        .newHasher()
                        .putString(uid, StandardCharsets.UTF_8)
                        .hash()
                        .asBytes());
    }

    private static CheckpointMetadata metadata(Path savepoint) throws IOException {
        try (DataInputStream in =
                new DataInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
            return Checkpoints.loadCheckpointMetadata(in, LOADER, savepoint.toUri().toString());
        }
    }

    private static void readKeyed(
            KeyGroupsStateHandle handle,
            String uid,
            Map<String, List<TypeSerializerSnapshot<?>>> states)
            throws IOException {
        try (FSDataInputStream in = handle.openInputStream()) {
            KeyedBackendSerializationProxy<?> proxy = new KeyedBackendSerializationProxy<>(LOADER);
            proxy.read(new DataInputViewStreamWrapper(in));
            states.computeIfAbsent(uid + "/<key>", k -> new ArrayList<>())
                    .add(proxy.getKeySerializerSnapshot());
            add(proxy.getStateMetaInfoSnapshots(), uid, states);
        }
    }

    private static void readOperator(
            OperatorStateHandle handle,
            String uid,
            Map<String, List<TypeSerializerSnapshot<?>>> states)
            throws IOException {
        try (FSDataInputStream in = handle.openInputStream()) {
            OperatorBackendSerializationProxy proxy = new OperatorBackendSerializationProxy(LOADER);
            proxy.read(new DataInputViewStreamWrapper(in));
            add(proxy.getOperatorStateMetaInfoSnapshots(), uid, states);
            add(proxy.getBroadcastStateMetaInfoSnapshots(), uid, states);
        }
    }

    private static void add(
            List<StateMetaInfoSnapshot> snapshots,
            String uid,
            Map<String, List<TypeSerializerSnapshot<?>>> states) {
        for (StateMetaInfoSnapshot snapshot : snapshots) {
            states.computeIfAbsent(uid + "/" + snapshot.getName(), k -> new ArrayList<>())
                    .addAll(snapshot.getSerializerSnapshotsImmutable().values());
        }
    }
}
