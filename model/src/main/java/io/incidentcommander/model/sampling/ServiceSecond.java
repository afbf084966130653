// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The sampling candidates of one service in one second of event time, or a part of them, and how
 * many were left out already, by severity. Immutable. Two parts merge by {@link #plus}, in any
 * order.
 */
@TypeInfo(ServiceSecond.Info.class)
public final class ServiceSecond {
    private static final int SEVERITIES = Severity.values().length;

    private final String tenant;
    private final String service;
    private final long secondMillis;
    private final List<NotableAlert> candidates;
    private final long[] leftOut;

    /**
     * @param secondMillis start of the second, epoch milliseconds
     * @param leftOut alerts left out so far, by ordinal of {@link Severity}
     */
    public ServiceSecond(
            String tenant,
            String service,
            long secondMillis,
            List<NotableAlert> candidates,
            long[] leftOut) {
        if (leftOut.length != SEVERITIES) {
            throw new IllegalArgumentException("One count for each severity: " + leftOut.length);
        }
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.secondMillis = secondMillis;
        this.candidates = List.copyOf(candidates);
        this.leftOut = leftOut.clone();
    }

    public static ServiceSecond empty(String tenant, String service, long secondMillis) {
        return new ServiceSecond(tenant, service, secondMillis, List.of(), new long[SEVERITIES]);
    }

    /** The candidates and counts of both; the other's tenant, service and second are the same. */
    public ServiceSecond plus(ServiceSecond other) {
        List<NotableAlert> all = new ArrayList<>(candidates);
        all.addAll(other.candidates);
        long[] sum = leftOut.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.leftOut[i];
        }
        return new ServiceSecond(tenant, service, secondMillis, all, sum);
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    public long secondMillis() {
        return secondMillis;
    }

    public List<NotableAlert> candidates() {
        return candidates;
    }

    public long leftOut(Severity severity) {
        return leftOut[severity.ordinal()];
    }

    /** By ordinal of {@link Severity}, a copy. */
    public long[] leftOut() {
        return leftOut.clone();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ServiceSecond)) {
            return false;
        }
        ServiceSecond that = (ServiceSecond) other;
        return secondMillis == that.secondMillis
                && tenant.equals(that.tenant)
                && service.equals(that.service)
                && candidates.equals(that.candidates)
                && Arrays.equals(leftOut, that.leftOut);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, service, secondMillis, candidates);
    }

    @Override
    public String toString() {
        return tenant + "/" + service + "@" + secondMillis + " " + candidates.size();
    }

    /** Binary form, version 1. */
    public static final class ServiceSecondCodec implements Codec<ServiceSecond> {
        private static final long serialVersionUID = 1L;

        private final NotableAlert.NotableAlertCodec alerts = new NotableAlert.NotableAlertCodec();

        @Override
        public Class<ServiceSecond> type() {
            return ServiceSecond.class;
        }

        @Override
        public void write(ServiceSecond value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            out.writeLong(value.secondMillis);
            out.writeInt(value.candidates.size());
            for (NotableAlert candidate : value.candidates) {
                alerts.write(candidate, out);
            }
            for (long n : value.leftOut) {
                out.writeLong(n);
            }
        }

        @Override
        public ServiceSecond read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ServiceSecond.class);
            String tenant = Wire.readString(in);
            String service = Wire.readString(in);
            long secondMillis = in.readLong();
            int size = in.readInt();
            List<NotableAlert> candidates = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                candidates.add(alerts.read(in));
            }
            long[] leftOut = new long[SEVERITIES];
            for (int i = 0; i < SEVERITIES; i++) {
                leftOut[i] = in.readLong();
            }
            return new ServiceSecond(tenant, service, secondMillis, candidates, leftOut);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ServiceSecond> {
        @Override
        public TypeInformation<ServiceSecond> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ServiceSecondCodec());
        }
    }
}
