// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** How parcels wait: a lane for each topic and key. */
public final class WaitingParcels implements Waiting<Parcel> {
    private static final long serialVersionUID = 1L;

    /** Flink's own sinks write a version 1. */
    private static final int VERSION = 2;

    private static final long OVERHEAD_BYTES = 256;
    private static final int LANE_DIGITS = 32;

    /** A hash: keys may hold what no path may. */
    @Override
    public String lane(Parcel parcel) {
        return parcel.key().map(key -> hash(parcel.topic(), key)).orElse("");
    }

    private static String hash(String topic, byte[] key) {
        byte[] name = (topic + '\n').getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(name, name.length + key.length);
        System.arraycopy(key, 0, both, name.length, key.length);
        return Sha256.hex(Sha256.of(both)).substring(0, LANE_DIGITS);
    }

    @Override
    public long place(Parcel parcel) {
        return parcel.place();
    }

    @Override
    public String id(Parcel parcel) {
        return Long.toHexString(parcel.place())
                + "."
                + Integer.toHexString(Arrays.hashCode(parcel.value()));
    }

    @Override
    public Severity severity(Parcel parcel) {
        return parcel.severity();
    }

    @Override
    public long bytes(Parcel parcel) {
        return OVERHEAD_BYTES + parcel.value().length;
    }

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Parcel parcel) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(parcel.value().length + 128);
        out.writeUTF(parcel.topic());
        write(out, parcel.value());
        out.writeBoolean(parcel.key().isPresent());
        if (parcel.key().isPresent()) {
            write(out, parcel.key().get());
        }
        out.writeInt(parcel.headers().size());
        for (Parcel.Header header : parcel.headers()) {
            out.writeUTF(header.name());
            write(out, header.content());
        }
        out.writeLong(parcel.time().orElse(-1));
        out.writeByte(parcel.severity().ordinal());
        out.writeLong(parcel.place());
        return out.getCopyOfBuffer();
    }

    @Override
    public Parcel deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("State of version " + version + "; this release reads 2");
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Parcel parcel = Parcel.of(in.readUTF(), read(in));
        if (in.readBoolean()) {
            parcel = parcel.keyed(read(in));
        }
        int headers = in.readInt();
        for (int i = 0; i < headers; i++) {
            parcel = parcel.header(in.readUTF(), read(in));
        }
        long time = in.readLong();
        return parcel.at(time < 0 ? OptionalLong.empty() : OptionalLong.of(time))
                .mattering(Severity.values()[in.readByte()])
                .placed(in.readLong());
    }

    private static void write(DataOutputSerializer out, byte[] content) throws IOException {
        out.writeInt(content.length);
        out.write(content);
    }

    private static byte[] read(DataInputDeserializer in) throws IOException {
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return content;
    }
}
