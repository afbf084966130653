// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What was written before commands were numbered is read as if none had been heard. */
class CommandSequenceVersionsTest {
    private static final Incident INCIDENT =
            Incident.builder().incidentId("i").tenant("t").severity(Severity.HIGH).build();

    @Test
    void aCourseKeepsTheSequenceAndOneOfVersionTwoHasNone() throws IOException {
        IncidentCourse course = IncidentCourse.builder(INCIDENT).owner("ann").askedBy("bo").build();
        IncidentCourse heard = course.toBuilder().commandSequence(7).build();
        IncidentCourse.IncidentCourseCodec codec = new IncidentCourse.IncidentCourseCodec();

        byte[] bytes = write(codec, heard);
        assertThat(read(codec, bytes)).isEqualTo(heard).isNotEqualTo(course);
        assertThat(read(codec, before(bytes, 2))).isEqualTo(course);
    }

    @Test
    void aFactKeepsTheSequenceAndOneOfVersionOneHasNone() throws IOException {
        LifecycleFact fact =
                LifecycleFact.of("t", "i", LifecycleSignal.HANDED_BACK, 5, 0, "ann", "yours");
        LifecycleFact command = fact.numbered(7);
        LifecycleFact.LifecycleFactCodec codec = new LifecycleFact.LifecycleFactCodec();

        byte[] bytes = write(codec, command.at(6).notBefore(5));
        assertThat(read(codec, bytes)).isEqualTo(command.at(6)).isNotEqualTo(fact.at(6));
        assertThat(read(codec, before(bytes, 1))).isEqualTo(fact.at(6));
    }

    /** The sequence came last. */
    private static byte[] before(byte[] bytes, int version) {
        byte[] old = Arrays.copyOf(bytes, bytes.length - Long.BYTES);
        old[0] = (byte) version;
        return old;
    }

    private static <T> byte[] write(Codec<T> codec, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        codec.write(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> T read(Codec<T> codec, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        T value = codec.read(in);
        assertThat(in.available()).isZero();
        return value;
    }
}
