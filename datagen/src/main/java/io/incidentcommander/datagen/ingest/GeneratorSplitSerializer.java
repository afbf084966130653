// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: partition, partitions, start, next. */
final class GeneratorSplitSerializer implements SimpleVersionedSerializer<GeneratorSplit> {
    static final int VERSION = 1;
    private static final int BYTES = 24;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(GeneratorSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(BYTES);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public GeneratorSplit deserialize(int version, byte[] serialized) throws IOException {
        checkVersion(version);
        return read(new DataInputDeserializer(serialized));
    }

    static void checkVersion(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "Generator state of version " + version + " is not known, only " + VERSION);
        }
    }

    static void write(GeneratorSplit split, DataOutputView out) throws IOException {
        out.writeInt(split.partition());
        out.writeInt(split.partitions());
        out.writeLong(split.startMillis());
        out.writeLong(split.next());
    }

    static GeneratorSplit read(DataInputView in) throws IOException {
        return new GeneratorSplit(in.readInt(), in.readInt(), in.readLong(), in.readLong());
    }
}
