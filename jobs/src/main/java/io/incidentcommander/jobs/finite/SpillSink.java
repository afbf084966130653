// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.codec.Codec;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Writes each subtask's elements to a file of its own, to be read back by {@link Spill} once the
 * job has ended. For jobs on a local cluster that do not restart: nothing is kept across failures.
 */
final class SpillSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String name;
    private final Codec<T> codec;

    SpillSink(Path directory, String name, Codec<T> codec) {
        this.directory = directory.toString();
        this.name = name;
        this.codec = codec;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new Writer(context.getTaskInfo().getIndexOfThisSubtask());
    }

    @Override
    @Deprecated
    public SinkWriter<T> createWriter(InitContext context) throws IOException {
        return new Writer(context.getTaskInfo().getIndexOfThisSubtask());
    }

    private final class Writer implements SinkWriter<T> {
        private final DataOutputStream file;
        private final DataOutputSerializer encoding = new DataOutputSerializer(1024);

        Writer(int subtask) throws IOException {
            Path path = Path.of(directory, name + "-" + subtask);
            file =
                    new DataOutputStream(
                            new BufferedOutputStream(Files.newOutputStream(path), 1 << 16));
        }

        @Override
        public void write(T element, Context context) throws IOException {
            encoding.clear();
            codec.write(element, encoding);
            file.writeInt(encoding.length());
            file.write(encoding.getSharedBuffer(), 0, encoding.length());
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            file.flush();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
