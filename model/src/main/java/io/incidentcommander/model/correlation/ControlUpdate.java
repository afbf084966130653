// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A change of what holds for a tenant, made while the job runs. Of the updates with one kind,
 * tenant and id the highest sequence counts: the outcome does not depend on the order of arrival,
 * nor on repeats. It holds for alerts from its effective time on, in event time. Immutable.
 */
@TypeInfo(ControlUpdate.Info.class)
public final class ControlUpdate {
    private final ControlKind kind;
    private final String tenant;
    private final String id;
    private final long sequence;
    private final long effectiveMillis;
    private final String author;
    private final String body;

    private ControlUpdate(
            ControlKind kind,
            String tenant,
            String id,
            long sequence,
            long effectiveMillis,
            String author,
            String body) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.id = Objects.requireNonNull(id, "id");
        this.sequence = sequence;
        this.effectiveMillis = effectiveMillis;
        this.author = Objects.requireNonNull(author, "author");
        this.body = Objects.requireNonNull(body, "body");
        if (sequence < 1) {
            throw new IllegalArgumentException("Updates are numbered from 1, not " + sequence);
        }
    }

    /**
     * @param tenant {@code *}: everybody
     * @param sequence the publisher's, growing with each update of this kind, tenant and id
     * @param effectiveMillis event time from which on it holds, epoch milliseconds
     * @param body YAML, as in a control file
     */
    public static ControlUpdate set(
            ControlKind kind,
            String tenant,
            String id,
            long sequence,
            long effectiveMillis,
            String author,
            String body) {
        if (body.isEmpty()) {
            throw new IllegalArgumentException("An update without a body is a withdrawal");
        }
        return new ControlUpdate(kind, tenant, id, sequence, effectiveMillis, author, body);
    }

    /** What was set before holds no longer. */
    public static ControlUpdate withdraw(
            ControlKind kind,
            String tenant,
            String id,
            long sequence,
            long effectiveMillis,
            String author) {
        return new ControlUpdate(kind, tenant, id, sequence, effectiveMillis, author, "");
    }

    public ControlKind kind() {
        return kind;
    }

    public String tenant() {
        return tenant;
    }

    public String id() {
        return id;
    }

    public long sequence() {
        return sequence;
    }

    public long effectiveMillis() {
        return effectiveMillis;
    }

    public String author() {
        return author;
    }

    /** Empty for a withdrawal. */
    public String body() {
        return body;
    }

    public boolean isWithdrawal() {
        return body.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ControlUpdate)) {
            return false;
        }
        ControlUpdate that = (ControlUpdate) other;
        return kind == that.kind
                && tenant.equals(that.tenant)
                && id.equals(that.id)
                && sequence == that.sequence
                && effectiveMillis == that.effectiveMillis
                && author.equals(that.author)
                && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, tenant, id, sequence);
    }

    @Override
    public String toString() {
        return kind.word() + " " + id + " of tenant " + tenant + ", sequence " + sequence;
    }

    /** Binary form, version 1. */
    public static final class ControlUpdateCodec implements Codec<ControlUpdate> {
        private static final long serialVersionUID = 1L;
        private static final ControlKind[] KINDS = ControlKind.values();

        @Override
        public Class<ControlUpdate> type() {
            return ControlUpdate.class;
        }

        @Override
        public void write(ControlUpdate value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeByte(value.kind.ordinal());
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.id, out);
            out.writeLong(value.sequence);
            out.writeLong(value.effectiveMillis);
            Wire.writeString(value.author, out);
            Wire.writeString(value.body, out);
        }

        @Override
        public ControlUpdate read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ControlUpdate.class);
            return new ControlUpdate(
                    KINDS[in.readByte()],
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readLong(),
                    in.readLong(),
                    Wire.readString(in),
                    Wire.readString(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ControlUpdate> {
        @Override
        public TypeInformation<ControlUpdate> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ControlUpdateCodec());
        }
    }
}
