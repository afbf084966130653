// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.ThreadPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A book on the heap, which can be written down and read back as by a restore. */
final class MapPlanBook implements PlanBook {
    private final SortedMap<String, ThreadPlan> threads = new TreeMap<>();
    private long fullAt;

    @Override
    public Optional<ThreadPlan> thread(String thread) {
        return Optional.ofNullable(threads.get(thread));
    }

    @Override
    public void put(String thread, ThreadPlan plan) {
        threads.put(thread, plan);
    }

    @Override
    public void remove(String thread) {
        threads.remove(thread);
    }

    @Override
    public List<String> threads() {
        return List.copyOf(threads.keySet());
    }

    @Override
    public SortedMap<String, ThreadPlan> waiting() {
        SortedMap<String, ThreadPlan> waiting = new TreeMap<>(threads);
        waiting.values().removeIf(plan -> plan.pending().isEmpty());
        return waiting;
    }

    @Override
    public int waitingCount() {
        return waiting().size();
    }

    @Override
    public long fullAt() {
        return fullAt;
    }

    @Override
    public void fullAt(long millis) {
        fullAt = millis;
    }

    MapPlanBook restored() {
        MapPlanBook copy = new MapPlanBook();
        ThreadPlan.ThreadPlanCodec codec = new ThreadPlan.ThreadPlanCodec();
        threads.forEach(
                (name, plan) -> {
                    try {
                        DataOutputSerializer out = new DataOutputSerializer(64);
                        codec.write(plan, out);
                        copy.put(
                                name, codec.read(new DataInputDeserializer(out.getCopyOfBuffer())));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        copy.fullAt = fullAt;
        return copy;
    }
}
