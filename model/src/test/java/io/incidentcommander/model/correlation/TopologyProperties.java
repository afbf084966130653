// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.codec.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Deltas converge whatever their order; walks agree with a plain search. */
class TopologyProperties {
    @Property(tries = 500)
    void deltasGiveTheSameInAnyOrderAndAnyNumberOfTimes(
            @ForAll("histories") List<TopologyDelta> deltas, @ForAll Random random) {
        Topology inOrder = applied(deltas);
        List<TopologyDelta> shuffled = new ArrayList<>(deltas);
        shuffled.addAll(deltas.subList(0, deltas.size() / 2));
        Collections.shuffle(shuffled, random);

        assertThat(applied(shuffled)).isEqualTo(inOrder);
        assertThat(applied(shuffled).calls()).isEqualTo(inOrder.calls());
    }

    /** In order, a history is what anyone would do with two sets. */
    @Property(tries = 500)
    void deltasInOrderDoWhatTheySay(@ForAll("histories") List<TopologyDelta> deltas) {
        Set<String> services = new TreeSet<>();
        Set<ServiceCall> calls = new TreeSet<>();
        for (TopologyDelta delta : deltas) {
            if (delta.isWhole()) {
                services.clear();
                calls.clear();
            }
            services.removeAll(delta.removedServices());
            calls.removeAll(delta.removedCalls());
            calls.removeIf(
                    call ->
                            delta.removedServices().contains(call.caller())
                                    || delta.removedServices().contains(call.callee()));
            services.addAll(delta.addedServices());
            calls.addAll(delta.addedCalls());
        }
        for (ServiceCall call : calls) {
            services.add(call.caller());
            services.add(call.callee());
        }

        assertThat(applied(deltas).calls()).isEqualTo(calls);
        assertThat(applied(deltas).services()).isEqualTo(services);
    }

    @Property(tries = 500)
    void hopsAreThoseOfAPlainSearch(
            @ForAll("calls") List<ServiceCall> calls, @ForAll TopologyDirection direction) {
        Topology topology = Topology.of(calls);
        for (String from : topology.services()) {
            Map<String, Integer> far = search(calls, from, direction);
            for (String to : topology.services()) {
                Integer expected = far.get(to);
                boolean near = expected != null && expected <= Topology.MAX_HOPS;
                assertThat(topology.hops(from, to, direction))
                        .isEqualTo(near ? OptionalInt.of(expected) : OptionalInt.empty());
            }
            List<List<String>> rings = topology.around(from, Topology.MAX_HOPS, direction);
            for (int hop = 0; hop < rings.size(); hop++) {
                int at = hop;
                assertThat(rings.get(hop))
                        .containsExactlyElementsOf(
                                topology.services().stream()
                                        .filter(s -> far.getOrDefault(s, -1) == at)
                                        .toList());
            }
        }
    }

    @Property(tries = 300)
    void pathsFollowCalls(@ForAll("calls") List<ServiceCall> calls) {
        Topology topology = Topology.of(calls);
        for (String from : topology.services()) {
            for (String to : topology.services()) {
                List<String> path = topology.path(from, to, TopologyDirection.CALLEES);
                for (int i = 1; i < path.size(); i++) {
                    assertThat(topology.calls())
                            .contains(ServiceCall.of(path.get(i - 1), path.get(i)));
                }
            }
        }
    }

    @Property(tries = 200)
    void survivesItsCodec(@ForAll("histories") List<TopologyDelta> deltas) throws IOException {
        assertThat(again(applied(deltas), new Topology.TopologyCodec())).isEqualTo(applied(deltas));
        for (TopologyDelta delta : deltas) {
            assertThat(again(delta, new TopologyDelta.TopologyDeltaCodec())).isEqualTo(delta);
        }
    }

    @Example
    void aServiceThatCameBackHasNoneOfItsOldCalls() {
        Topology topology =
                Topology.of(List.of(ServiceCall.of("a", "b")))
                        .plus(TopologyDelta.adding(3, List.of("b"), List.of()))
                        .plus(TopologyDelta.removing(2, List.of("b"), List.of()));

        assertThat(topology.knows("b")).isTrue();
        assertThat(topology.calls()).isEmpty();
        assertThat(topology.sequence()).isEqualTo(3);
    }

    @Example
    void anUnknownServiceIsNearItselfAlone() {
        Topology topology = Topology.of(List.of(ServiceCall.of("a", "b")));

        assertThat(topology.hops("x", "x", TopologyDirection.EITHER)).hasValue(0);
        assertThat(topology.hops("x", "a", TopologyDirection.EITHER)).isEmpty();
        assertThat(topology.around("x", 5, TopologyDirection.EITHER)).containsExactly(List.of("x"));
        assertThat(topology.callees("x")).isEmpty();
    }

    private static Topology applied(List<TopologyDelta> deltas) {
        Topology topology = Topology.empty();
        for (TopologyDelta delta : deltas) {
            topology = topology.plus(delta);
        }
        return topology;
    }

    private static Map<String, Integer> search(
            List<ServiceCall> calls, String from, TopologyDirection direction) {
        Map<String, Integer> far = new HashMap<>(Map.of(from, 0));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ServiceCall call : calls) {
                if (direction != TopologyDirection.CALLERS) {
                    changed |= relax(far, call.caller(), call.callee());
                }
                if (direction != TopologyDirection.CALLEES) {
                    changed |= relax(far, call.callee(), call.caller());
                }
            }
        }
        return far;
    }

    private static boolean relax(Map<String, Integer> far, String at, String to) {
        Integer here = far.get(at);
        if (here == null || far.getOrDefault(to, Integer.MAX_VALUE) <= here + 1) {
            return false;
        }
        far.put(to, here + 1);
        return true;
    }

    private static <T> T again(T value, Codec<T> codec) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        codec.write(value, out);
        return codec.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    @Provide
    Arbitrary<List<ServiceCall>> calls() {
        return call("abcdefghijkl").list().ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<TopologyDelta>> histories() {
        return change().list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(
                        changes -> {
                            List<TopologyDelta> deltas = new ArrayList<>();
                            for (Numbered change : changes) {
                                deltas.add(change.numbered(deltas.size() + 1));
                            }
                            return deltas;
                        });
    }

    private Arbitrary<Numbered> change() {
        Arbitrary<List<String>> services = Arbitraries.of("a", "b", "c", "d").list().ofMaxSize(2);
        Arbitrary<List<ServiceCall>> calls = call("abcd").list().ofMaxSize(4);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5), services, calls, services, calls)
                .as(
                        (kind, s, c, gone, ended) ->
                                number ->
                                        kind == 0
                                                ? TopologyDelta.whole(number, s, c)
                                                : TopologyDelta.change(number, s, c, gone, ended));
    }

    private static Arbitrary<ServiceCall> call(String names) {
        Arbitrary<String> name = Arbitraries.of(names.split(""));
        return Combinators.combine(name, name).as(ServiceCall::of);
    }

    private interface Numbered {
        TopologyDelta numbered(long sequence);
    }
}
