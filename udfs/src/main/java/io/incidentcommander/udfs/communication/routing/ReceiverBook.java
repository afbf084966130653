// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The receivers by the names that routes use. Immutable. */
public final class ReceiverBook {
    private final SortedMap<String, Receiver> receivers;

    private ReceiverBook(SortedMap<String, Receiver> receivers) {
        this.receivers = receivers;
    }

    /** Of a name that is there twice, the last. */
    public static ReceiverBook of(Collection<Receiver> receivers) {
        SortedMap<String, Receiver> all = new TreeMap<>();
        receivers.forEach(receiver -> all.put(receiver.name(), receiver));
        return new ReceiverBook(Collections.unmodifiableSortedMap(all));
    }

    public Optional<Receiver> receiver(String name) {
        return Optional.ofNullable(receivers.get(name));
    }

    /** By name. */
    public SortedMap<String, Receiver> all() {
        return receivers;
    }
}
