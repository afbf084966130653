// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Deliveries as a test wrote them down, heartbeats and arrivals included, with {@link Gate}s in
 * between. A script is a partition; partition i goes to reader i modulo the parallelism. Positions
 * are checkpointed.
 */
final class ScriptedSource
        implements Source<RawRecord, ScriptedSource.Position, List<ScriptedSource.Position>>,
                ResultTypeQueryable<RawRecord> {
    private static final long serialVersionUID = 1L;
    private static final Map<Integer, List<List<Step>>> SCRIPTS = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id = IDS.incrementAndGet();

    private ScriptedSource(List<List<Step>> scripts) {
        SCRIPTS.put(id, scripts);
    }

    /** Forgets all scripts: no job that reads one runs any more. */
    static void forgetAll() {
        SCRIPTS.clear();
    }

    /** One thing after the other. */
    sealed interface Step {}

    /** A delivery or a heartbeat. */
    record Emit(RawRecord record) implements Step {}

    /** Nothing further until the gate is open. */
    record Await(Gate gate) implements Step {}

    static Script script() {
        return new Script();
    }

    static ScriptedSource of(Script... scripts) {
        List<List<Step>> all = new ArrayList<>();
        for (Script script : scripts) {
            all.add(List.copyOf(script.steps));
        }
        return new ScriptedSource(all);
    }

    /** The records in their order, a script for each of their partitions. */
    static ScriptedSource of(List<RawRecord> records) {
        Map<String, Script> scripts = new TreeMap<>();
        records.forEach(r -> scripts.computeIfAbsent(r.partition(), p -> new Script()).emit(r));
        return of(scripts.values().toArray(Script[]::new));
    }

    /** Collects the steps of one partition. */
    static final class Script {
        private final List<Step> steps = new ArrayList<>();

        Script emit(RawRecord record) {
            steps.add(new Emit(record));
            return this;
        }

        Script emit(List<RawRecord> records) {
            records.forEach(this::emit);
            return this;
        }

        Script await(Gate gate) {
            steps.add(new Await(gate));
            return this;
        }
    }

    /** How far a partition has been read. */
    record Position(int partition, int next) implements SourceSplit {
        @Override
        public String splitId() {
            return Integer.toString(partition);
        }
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return CodecTypeInfo.of(new RawRecord.RawRecordCodec());
    }

    @Override
    public SourceReader<RawRecord, Position> createReader(SourceReaderContext context) {
        return new Reader(SCRIPTS.get(id));
    }

    @Override
    public SplitEnumerator<Position, List<Position>> createEnumerator(
            SplitEnumeratorContext<Position> context) {
        List<Position> all = new ArrayList<>();
        for (int i = 0; i < SCRIPTS.get(id).size(); i++) {
            all.add(new Position(i, 0));
        }
        return new Enumerator(context, all);
    }

    @Override
    public SplitEnumerator<Position, List<Position>> restoreEnumerator(
            SplitEnumeratorContext<Position> context, List<Position> unassigned) {
        return new Enumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Position> getSplitSerializer() {
        return new TextSerializer<>(p -> p.partition() + ":" + p.next(), ScriptedSource::position);
    }

    @Override
    public SimpleVersionedSerializer<List<Position>> getEnumeratorCheckpointSerializer() {
        return new TextSerializer<>(
                all ->
                        String.join(
                                ",",
                                all.stream().map(p -> p.partition() + ":" + p.next()).toList()),
                text ->
                        text.isEmpty()
                                ? List.of()
                                : List.of(text.split(",")).stream()
                                        .map(ScriptedSource::position)
                                        .toList());
    }

    private static Position position(String text) {
        int colon = text.indexOf(':');
        return new Position(
                Integer.parseInt(text.substring(0, colon)),
                Integer.parseInt(text.substring(colon + 1)));
    }

    /** Deals the partitions out. */
    private static final class Enumerator implements SplitEnumerator<Position, List<Position>> {
        private final SplitEnumeratorContext<Position> context;
        private final List<Position> unassigned;

        Enumerator(SplitEnumeratorContext<Position> context, Collection<Position> unassigned) {
            this.context = context;
            this.unassigned = new ArrayList<>(unassigned);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Position> splits, int subtask) {
            unassigned.addAll(splits);
        }

        @Override
        public void addReader(int subtask) {
            for (Position position : List.copyOf(unassigned)) {
                if (position.partition() % context.currentParallelism() == subtask) {
                    unassigned.remove(position);
                    context.assignSplit(position, subtask);
                }
            }
            context.signalNoMoreSplits(subtask);
        }

        @Override
        public List<Position> snapshotState(long checkpointId) {
            return List.copyOf(unassigned);
        }

        @Override
        public void close() {}
    }

    /** Reads its partitions in turn, a step each. */
    private static final class Reader implements SourceReader<RawRecord, Position> {
        private final List<List<Step>> scripts;
        private final List<Position> positions = new ArrayList<>();
        private CompletableFuture<Void> available = new CompletableFuture<>();
        private boolean complete;
        private int turn;

        Reader(List<List<Step>> scripts) {
            this.scripts = scripts;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<RawRecord> output) {
            List<CompletableFuture<Void>> closed = new ArrayList<>();
            for (int i = 0; i < positions.size(); i++) {
                int index = (turn + i) % positions.size();
                Position position = positions.get(index);
                List<Step> script = scripts.get(position.partition());
                if (position.next() == script.size()) {
                    continue;
                }
                Step step = script.get(position.next());
                if (step instanceof Await await && !await.gate().opened().isDone()) {
                    closed.add(await.gate().opened());
                    continue;
                }
                positions.set(index, new Position(position.partition(), position.next() + 1));
                turn = index + 1;
                if (step instanceof Emit emit) {
                    output.collect(emit.record());
                }
                return InputStatus.MORE_AVAILABLE;
            }
            return endOrWait(closed);
        }

        private InputStatus endOrWait(List<CompletableFuture<Void>> closed) {
            if (closed.isEmpty() && complete) {
                return InputStatus.END_OF_INPUT;
            }
            available = new CompletableFuture<>();
            CompletableFuture<Void> waiting = available;
            closed.forEach(gate -> gate.thenRun(() -> waiting.complete(null)));
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public List<Position> snapshotState(long checkpointId) {
            return List.copyOf(positions);
        }

        @Override
        public void addSplits(List<Position> splits) {
            positions.addAll(splits);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            complete = true;
            available.complete(null);
        }

        @Override
        public void close() {}
    }

    /** Positions as text. */
    private static final class TextSerializer<T> implements SimpleVersionedSerializer<T> {
        private final java.util.function.Function<T, String> write;
        private final java.util.function.Function<String, T> read;

        TextSerializer(
                java.util.function.Function<T, String> write,
                java.util.function.Function<String, T> read) {
            this.write = write;
            this.read = read;
        }

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(T value) {
            return write.apply(value).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public T deserialize(int version, byte[] bytes) throws IOException {
            return read.apply(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
