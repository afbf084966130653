// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.diagnosis.CausalVerdict;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What the metrics say of the cause of an incident. Immutable. */
@TypeInfo(CausalNews.Info.class)
public final class CausalNews {
    private final String tenant;
    private final String incidentId;
    private final CausalVerdict verdict;

    public CausalNews(String tenant, String incidentId, CausalVerdict verdict) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.verdict = Objects.requireNonNull(verdict, "verdict");
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public CausalVerdict verdict() {
        return verdict;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CausalNews
                && ((CausalNews) other).tenant.equals(tenant)
                && ((CausalNews) other).incidentId.equals(incidentId)
                && ((CausalNews) other).verdict.equals(verdict);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, incidentId, verdict);
    }

    @Override
    public String toString() {
        return incidentId + " " + verdict;
    }

    /** Binary form, version 1. */
    public static final class CausalNewsCodec implements Codec<CausalNews> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<CausalNews> type() {
            return CausalNews.class;
        }

        @Override
        public void write(CausalNews value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.incidentId, out);
            CausalVerdict.write(value.verdict, out);
        }

        @Override
        public CausalNews read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, CausalNews.class);
            return new CausalNews(Wire.readString(in), Wire.readString(in), CausalVerdict.read(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<CausalNews> {
        @Override
        public TypeInformation<CausalNews> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new CausalNewsCodec());
        }
    }
}
