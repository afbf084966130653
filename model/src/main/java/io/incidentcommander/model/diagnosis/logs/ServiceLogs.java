// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.logs;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.diagnosis.LogFinding;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is out of the ordinary in the logs of a service up to a time; takes the place of what was
 * said of it before. Without findings: nothing any more. Immutable.
 */
@TypeInfo(ServiceLogs.Info.class)
public final class ServiceLogs {
    private final String tenant;
    private final String service;
    private final long untilMillis;
    private final List<LogFinding> findings;

    /**
     * @param untilMillis event time, exclusive
     * @param findings the most telling first; without secrets and personal data
     */
    public ServiceLogs(String tenant, String service, long untilMillis, List<LogFinding> findings) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.untilMillis = untilMillis;
        this.findings = List.copyOf(findings);
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    public long untilMillis() {
        return untilMillis;
    }

    public List<LogFinding> findings() {
        return findings;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServiceLogs
                && ((ServiceLogs) other).untilMillis == untilMillis
                && ((ServiceLogs) other).tenant.equals(tenant)
                && ((ServiceLogs) other).service.equals(service)
                && ((ServiceLogs) other).findings.equals(findings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, service, untilMillis);
    }

    @Override
    public String toString() {
        return service + " until " + untilMillis + " " + findings;
    }

    /** Binary form, version 1. */
    public static final class ServiceLogsCodec implements Codec<ServiceLogs> {
        private static final long serialVersionUID = 1L;

        private final LogFinding.LogFindingCodec findings = new LogFinding.LogFindingCodec();

        @Override
        public Class<ServiceLogs> type() {
            return ServiceLogs.class;
        }

        @Override
        public void write(ServiceLogs value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            out.writeLong(value.untilMillis);
            out.writeInt(value.findings.size());
            for (LogFinding finding : value.findings) {
                findings.write(finding, out);
            }
        }

        @Override
        public ServiceLogs read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ServiceLogs.class);
            String tenant = Wire.readString(in);
            String service = Wire.readString(in);
            long until = in.readLong();
            int size = in.readInt();
            List<LogFinding> found = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                found.add(findings.read(in));
            }
            return new ServiceLogs(tenant, service, until, found);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ServiceLogs> {
        @Override
        public TypeInformation<ServiceLogs> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ServiceLogsCodec());
        }
    }
}
