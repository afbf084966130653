// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The splits that no reader has yet. Immutable. */
public final class GeneratorCheckpoint {
    private final List<GeneratorSplit> unassigned;

    GeneratorCheckpoint(List<GeneratorSplit> unassigned) {
        this.unassigned = Collections.unmodifiableList(new ArrayList<>(unassigned));
    }

    List<GeneratorSplit> unassigned() {
        return unassigned;
    }

    /** Version 1: the number of splits, then each. */
    static final class Serializer implements SimpleVersionedSerializer<GeneratorCheckpoint> {
        @Override
        public int getVersion() {
            return GeneratorSplitSerializer.VERSION;
        }

        @Override
        public byte[] serialize(GeneratorCheckpoint checkpoint) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(64);
            out.writeInt(checkpoint.unassigned.size());
            for (GeneratorSplit split : checkpoint.unassigned) {
                GeneratorSplitSerializer.write(split, out);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public GeneratorCheckpoint deserialize(int version, byte[] serialized) throws IOException {
            GeneratorSplitSerializer.checkVersion(version);
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            List<GeneratorSplit> splits = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                splits.add(GeneratorSplitSerializer.read(in));
            }
            return new GeneratorCheckpoint(splits);
        }
    }
}
