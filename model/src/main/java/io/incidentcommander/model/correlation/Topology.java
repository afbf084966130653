// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Which of a tenant's services call which: a directed graph. Immutable.
 *
 * <p>Changes come as {@link TopologyDelta}s. Every service and call remembers the sequence of its
 * last coming and going, and the higher one counts (a last-writer-wins set: Shapiro and others, "A
 * comprehensive study of convergent and commutative replicated data types", 2011). So the outcome
 * depends on the set of deltas alone: not on their order, and not on repeats. What went is
 * remembered until a delta tells the whole topology anew; that is the bound of this state.
 *
 * <p>Cycles are fine. A service that is not in the graph is within 0 hops of itself, and of nothing
 * else.
 */
@TypeInfo(Topology.Info.class)
public final class Topology {
    /** Farther apart, services are not held to be related. */
    public static final int MAX_HOPS = 5;

    private static final Topology EMPTY =
            new Topology(0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    private final long sequence;
    private final long wholeSequence;
    private final TreeMap<String, Long> servicesCame;
    private final TreeMap<String, Long> servicesWent;
    private final TreeMap<ServiceCall, Long> callsCame;
    private final TreeMap<ServiceCall, Long> callsWent;
    private final NavigableSet<String> services = new TreeSet<>();
    private final NavigableSet<ServiceCall> calls = new TreeSet<>();
    private final Set<String> known;
    private final CallGraph graph;

    private Topology(
            long sequence,
            long wholeSequence,
            TreeMap<String, Long> servicesCame,
            TreeMap<String, Long> servicesWent,
            TreeMap<ServiceCall, Long> callsCame,
            TreeMap<ServiceCall, Long> callsWent) {
        this.sequence = sequence;
        this.wholeSequence = wholeSequence;
        this.servicesCame = servicesCame;
        this.servicesWent = servicesWent;
        this.callsCame = callsCame;
        this.callsWent = callsWent;
        servicesCame.forEach(
                (service, came) -> {
                    if (came >= servicesWent.getOrDefault(service, 0L)) {
                        services.add(service);
                    }
                });
        callsCame.forEach(
                (call, came) -> {
                    if (came >= callsWent.getOrDefault(call, 0L)
                            && came >= servicesWent.getOrDefault(call.caller(), 0L)
                            && came >= servicesWent.getOrDefault(call.callee(), 0L)) {
                        calls.add(call);
                        services.add(call.caller());
                        services.add(call.callee());
                    }
                });
        this.known = new HashSet<>(services);
        this.graph = new CallGraph(services, calls);
    }

    /** No services and no calls. */
    public static Topology empty() {
        return EMPTY;
    }

    /** The topology of these calls, as told by delta 1. */
    public static Topology of(Collection<ServiceCall> calls) {
        return EMPTY.plus(TopologyDelta.whole(1, List.of(), calls));
    }

    /** With the delta applied; this topology itself if the delta is known or overtaken. */
    public Topology plus(TopologyDelta delta) {
        if (delta.sequence() <= wholeSequence) {
            return this;
        }
        long start = delta.isWhole() ? delta.sequence() : wholeSequence;
        Topology after =
                new Topology(
                        Math.max(sequence, delta.sequence()),
                        start,
                        joined(servicesCame, delta.addedServices(), delta.sequence(), start),
                        joined(servicesWent, delta.removedServices(), delta.sequence(), start),
                        joined(callsCame, delta.addedCalls(), delta.sequence(), start),
                        joined(callsWent, delta.removedCalls(), delta.sequence(), start));
        return after.equals(this) ? this : after;
    }

    /** The highest sequence that was applied; 0 if none was. */
    public long sequence() {
        return sequence;
    }

    /** Sorted, unmodifiable. */
    public NavigableSet<String> services() {
        return Collections.unmodifiableNavigableSet(services);
    }

    /** Sorted, unmodifiable. */
    public NavigableSet<ServiceCall> calls() {
        return Collections.unmodifiableNavigableSet(calls);
    }

    public boolean knows(String service) {
        return known.contains(service);
    }

    /** What the service calls, sorted. */
    public List<String> callees(String service) {
        return graph.callees(service);
    }

    /** What calls the service, sorted. */
    public List<String> callers(String service) {
        return graph.callers(service);
    }

    /** Length of a shortest way of at most {@link #MAX_HOPS}; empty if there is none. */
    public OptionalInt hops(String from, String to, TopologyDirection direction) {
        List<String> path = path(from, to, direction);
        return path.isEmpty() ? OptionalInt.empty() : OptionalInt.of(path.size() - 1);
    }

    /**
     * A shortest way of at most {@link #MAX_HOPS}, both ends included; empty if there is none.
     * Which one of several does not depend on how the topology came about.
     */
    public List<String> path(String from, String to, TopologyDirection direction) {
        return graph.path(from, to, MAX_HOPS, direction);
    }

    /**
     * The services around one, by distance: element h holds those h hops away, sorted; element 0 is
     * the service itself.
     *
     * @param maxHops at most {@link #MAX_HOPS}
     */
    public List<List<String>> around(String service, int maxHops, TopologyDirection direction) {
        return graph.rings(service, Math.min(maxHops, MAX_HOPS), direction);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Topology)) {
            return false;
        }
        Topology that = (Topology) other;
        return sequence == that.sequence
                && wholeSequence == that.wholeSequence
                && servicesCame.equals(that.servicesCame)
                && servicesWent.equals(that.servicesWent)
                && callsCame.equals(that.callsCame)
                && callsWent.equals(that.callsWent);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sequence) + 31 * calls.hashCode();
    }

    @Override
    public String toString() {
        return "topology #" + sequence + " " + services.size() + " services, " + calls.size();
    }

    /** The later of what is known and what is told; nothing from before the start. */
    private static <T> TreeMap<T, Long> joined(
            TreeMap<T, Long> known, Collection<T> told, long sequence, long start) {
        TreeMap<T, Long> joined = new TreeMap<>();
        known.forEach(
                (key, at) -> {
                    if (at >= start) {
                        joined.put(key, at);
                    }
                });
        for (T key : told) {
            joined.merge(key, sequence, Math::max);
        }
        return joined;
    }

    /** Binary form, version 1. */
    public static final class TopologyCodec implements Codec<Topology> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Topology> type() {
            return Topology.class;
        }

        @Override
        public void write(Topology value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.sequence);
            out.writeLong(value.wholeSequence);
            writeServices(value.servicesCame, out);
            writeServices(value.servicesWent, out);
            writeCalls(value.callsCame, out);
            writeCalls(value.callsWent, out);
        }

        @Override
        public Topology read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, Topology.class);
            return new Topology(
                    in.readLong(),
                    in.readLong(),
                    readServices(in),
                    readServices(in),
                    readCalls(in),
                    readCalls(in));
        }

        private static void writeServices(Map<String, Long> stamps, DataOutputView out)
                throws IOException {
            out.writeInt(stamps.size());
            for (Map.Entry<String, Long> stamp : stamps.entrySet()) {
                Wire.writeString(stamp.getKey(), out);
                out.writeLong(stamp.getValue());
            }
        }

        private static void writeCalls(Map<ServiceCall, Long> stamps, DataOutputView out)
                throws IOException {
            out.writeInt(stamps.size());
            for (Map.Entry<ServiceCall, Long> stamp : stamps.entrySet()) {
                stamp.getKey().write(out);
                out.writeLong(stamp.getValue());
            }
        }

        private static TreeMap<String, Long> readServices(DataInputView in) throws IOException {
            TreeMap<String, Long> stamps = new TreeMap<>();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                stamps.put(Wire.readString(in), in.readLong());
            }
            return stamps;
        }

        private static TreeMap<ServiceCall, Long> readCalls(DataInputView in) throws IOException {
            TreeMap<ServiceCall, Long> stamps = new TreeMap<>();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                stamps.put(ServiceCall.read(in), in.readLong());
            }
            return stamps;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Topology> {
        @Override
        public TypeInformation<Topology> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new TopologyCodec());
        }
    }
}
