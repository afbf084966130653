// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A numbered change of a {@link Topology}: either the whole of it anew, or services and calls that
 * went and came. Within one delta what goes is taken away first. Immutable.
 */
@TypeInfo(TopologyDelta.Info.class)
public final class TopologyDelta {
    private final long sequence;
    private final boolean whole;
    private final NavigableSet<String> addedServices;
    private final NavigableSet<ServiceCall> addedCalls;
    private final NavigableSet<String> removedServices;
    private final NavigableSet<ServiceCall> removedCalls;

    private TopologyDelta(
            long sequence,
            boolean whole,
            Collection<String> addedServices,
            Collection<ServiceCall> addedCalls,
            Collection<String> removedServices,
            Collection<ServiceCall> removedCalls) {
        if (sequence < 1) {
            throw new IllegalArgumentException("Deltas are numbered from 1, not " + sequence);
        }
        this.sequence = sequence;
        this.whole = whole;
        this.addedServices = sorted(addedServices);
        this.addedCalls = sorted(addedCalls);
        this.removedServices = sorted(removedServices);
        this.removedCalls = sorted(removedCalls);
    }

    /**
     * The topology is exactly this from here on.
     *
     * @param sequence of the change, from 1; the publisher's, growing with each change of a tenant
     * @param services with or without calls; callers and callees need not be named again
     */
    public static TopologyDelta whole(
            long sequence, Collection<String> services, Collection<ServiceCall> calls) {
        return new TopologyDelta(
                sequence, true, services, calls, Collections.emptyList(), Collections.emptyList());
    }

    /** Services and calls that came; services that calls name need not be named again. */
    public static TopologyDelta adding(
            long sequence, Collection<String> services, Collection<ServiceCall> calls) {
        return change(sequence, services, calls, Collections.emptyList(), Collections.emptyList());
    }

    /** Services that went, with all their calls, and single calls that went. */
    public static TopologyDelta removing(
            long sequence, Collection<String> services, Collection<ServiceCall> calls) {
        return change(sequence, Collections.emptyList(), Collections.emptyList(), services, calls);
    }

    /** What went and what came, in one. */
    public static TopologyDelta change(
            long sequence,
            Collection<String> addedServices,
            Collection<ServiceCall> addedCalls,
            Collection<String> removedServices,
            Collection<ServiceCall> removedCalls) {
        return new TopologyDelta(
                sequence, false, addedServices, addedCalls, removedServices, removedCalls);
    }

    public long sequence() {
        return sequence;
    }

    /** Whether what was known before it is void. */
    public boolean isWhole() {
        return whole;
    }

    public NavigableSet<String> addedServices() {
        return addedServices;
    }

    public NavigableSet<ServiceCall> addedCalls() {
        return addedCalls;
    }

    public NavigableSet<String> removedServices() {
        return removedServices;
    }

    public NavigableSet<ServiceCall> removedCalls() {
        return removedCalls;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TopologyDelta)) {
            return false;
        }
        TopologyDelta that = (TopologyDelta) other;
        return sequence == that.sequence
                && whole == that.whole
                && addedServices.equals(that.addedServices)
                && addedCalls.equals(that.addedCalls)
                && removedServices.equals(that.removedServices)
                && removedCalls.equals(that.removedCalls);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence) + 31 * addedCalls.hashCode();
    }

    @Override
    public String toString() {
        return "topology #"
                + sequence
                + (whole ? " whole" : "")
                + " +"
                + addedServices
                + addedCalls
                + " -"
                + removedServices
                + removedCalls;
    }

    private static <T extends Comparable<T>> NavigableSet<T> sorted(Collection<T> values) {
        return Collections.unmodifiableNavigableSet(new TreeSet<>(values));
    }

    /** Binary form, version 1. */
    public static final class TopologyDeltaCodec implements Codec<TopologyDelta> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<TopologyDelta> type() {
            return TopologyDelta.class;
        }

        @Override
        public void write(TopologyDelta value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.sequence);
            out.writeBoolean(value.whole);
            writeServices(value.addedServices, out);
            writeCalls(value.addedCalls, out);
            writeServices(value.removedServices, out);
            writeCalls(value.removedCalls, out);
        }

        @Override
        public TopologyDelta read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, TopologyDelta.class);
            return new TopologyDelta(
                    in.readLong(),
                    in.readBoolean(),
                    readServices(in),
                    readCalls(in),
                    readServices(in),
                    readCalls(in));
        }

        private static void writeServices(Collection<String> services, DataOutputView out)
                throws IOException {
            out.writeInt(services.size());
            for (String service : services) {
                Wire.writeString(service, out);
            }
        }

        private static void writeCalls(Collection<ServiceCall> calls, DataOutputView out)
                throws IOException {
            out.writeInt(calls.size());
            for (ServiceCall call : calls) {
                call.write(out);
            }
        }

        private static Collection<String> readServices(DataInputView in) throws IOException {
            Collection<String> services = new TreeSet<>();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                services.add(Wire.readString(in));
            }
            return services;
        }

        private static Collection<ServiceCall> readCalls(DataInputView in) throws IOException {
            Collection<ServiceCall> calls = new TreeSet<>();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                calls.add(ServiceCall.read(in));
            }
            return calls;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<TopologyDelta> {
        @Override
        public TypeInformation<TopologyDelta> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new TopologyDeltaCodec());
        }
    }
}
