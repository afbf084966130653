// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.LiveEntry;
import io.incidentcommander.model.ingest.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of alerts that incidents showed lately, found by service and by trait. Bound: the
 * latest {@code most} entries, and none that was idle for longer than {@code idleMillis} of event
 * time. All it does costs the same however many there are. Owned by one thread.
 */
final class LiveEntries {
    private final int most;
    private final long idleMillis;
    private final Map<Key, Last> entries = new LinkedHashMap<>();
    private final Map<String, Bucket> byService = new HashMap<>();
    private final Map<String, Bucket> pinnedServices = new HashMap<>();
    private final Map<String, Bucket> byTrait = new HashMap<>();
    private final Breadth breadth = new Breadth();

    LiveEntries(int most, long idleMillis) {
        this.most = most;
        this.idleMillis = idleMillis;
    }

    void restore(List<LiveEntry> live, Function<String, Optional<LiveIncident>> incidents) {
        for (LiveEntry entry : live) {
            incidents
                    .apply(entry.incidentId())
                    .ifPresent(
                            incident ->
                                    put(
                                            incident,
                                            entry.service(),
                                            entry.name(),
                                            entry.keys(),
                                            new Last(entry.lastMillis(), entry.usual())));
        }
    }

    int size() {
        return entries.size();
    }

    /** Entries of the incident that has most. */
    int widest() {
        return breadth.widest();
    }

    long idleMillis() {
        return idleMillis;
    }

    /**
     * @param usual how often the alert's kind came in the day before
     */
    void put(LiveIncident incident, Alert alert, List<String> traits, double usual) {
        expire(alert.eventTimeMillis());
        put(
                incident,
                alert.service(),
                alert.name(),
                traits,
                new Last(alert.eventTimeMillis(), usual));
    }

    /** Where incidents of the service are, empty if there are none. */
    Bucket ofService(String service) {
        Bucket pinned = pinnedServices.get(service);
        return pinned != null ? pinned : byService.getOrDefault(service, new Bucket());
    }

    /** Whether it is one of the topology's. */
    boolean isPinned(String service) {
        return pinnedServices.containsKey(service);
    }

    /** Takes these services to be there for good, and no others; the topology's. */
    Function<String, Bucket> pin(Iterable<String> services) {
        pinnedServices.forEach(
                (service, bucket) -> {
                    if (!bucket.isEmpty()) {
                        byService.put(service, bucket);
                    }
                });
        pinnedServices.clear();
        for (String service : services) {
            Bucket bucket = byService.remove(service);
            pinnedServices.put(service, bucket == null ? new Bucket() : bucket);
        }
        return pinnedServices::get;
    }

    /** Empty if there is none. */
    Bucket ofTrait(String trait) {
        return byTrait.getOrDefault(trait, new Bucket());
    }

    /** Oldest first. */
    List<LiveEntry> live() {
        List<LiveEntry> live = new ArrayList<>(entries.size());
        entries.forEach(
                (key, last) ->
                        live.add(
                                new LiveEntry(
                                        key.incident.id(),
                                        key.service,
                                        key.name,
                                        key.traits,
                                        last.millis,
                                        last.usual)));
        return live;
    }

    /** Forgets what was idle for too long. */
    void expire(long timeMillis) {
        Iterator<Map.Entry<Key, Last>> eldest = entries.entrySet().iterator();
        while (eldest.hasNext()) {
            Map.Entry<Key, Last> entry = eldest.next();
            boolean idle = entry.getValue().millis < timeMillis - idleMillis;
            if (!idle && entries.size() <= most) {
                return;
            }
            eldest.remove();
            forget(entry.getKey());
        }
    }

    /** What an incident showed that was taken over, the one that took it over shows from now on. */
    void takeOver() {
        Map<Key, Last> before = new LinkedHashMap<>(entries);
        before.keySet().forEach(this::forget);
        entries.clear();
        before.forEach(
                (key, last) ->
                        put(key.incident.standing(), key.service, key.name, key.traits, last));
    }

    private void put(
            LiveIncident incident, String service, String name, List<String> traits, Last told) {
        Key key = new Key(incident, service, name, traits);
        Last before = entries.remove(key);
        boolean fresh = before == null;
        Last last = fresh || told.millis >= before.millis ? told : before;
        entries.put(key, last);
        if (fresh) {
            breadth.more(incident);
        }
        Bucket pinned = pinnedServices.get(service);
        (pinned != null ? pinned : byService.computeIfAbsent(service, s -> new Bucket()))
                .put(incident, last.millis, last.usual, fresh);
        for (String trait : traits) {
            byTrait.computeIfAbsent(trait, t -> new Bucket())
                    .put(incident, last.millis, last.usual, fresh);
        }
        if (entries.size() > most) {
            expire(last.millis);
        }
    }

    private void forget(Key key) {
        breadth.fewer(key.incident);
        Bucket pinned = pinnedServices.get(key.service);
        if (pinned != null) {
            pinned.remove(key.incident);
        } else {
            forget(byService, key.service, key.incident);
        }
        for (String trait : key.traits) {
            forget(byTrait, trait, key.incident);
        }
    }

    private static void forget(Map<String, Bucket> buckets, String key, LiveIncident incident) {
        Bucket bucket = buckets.get(key);
        if (bucket != null) {
            bucket.remove(incident);
            if (bucket.isEmpty()) {
                buckets.remove(key);
            }
        }
    }

    /** When it came last, and how usual it was. */
    private static final class Last {
        private final long millis;
        private final double usual;

        Last(long millis, double usual) {
            this.millis = millis;
            this.usual = usual;
        }
    }

    /** A kind of alert in an incident. */
    private static final class Key {
        private final LiveIncident incident;
        private final String service;
        private final String name;
        private final List<String> traits;
        private final int hash;

        Key(LiveIncident incident, String service, String name, List<String> traits) {
            this.incident = incident;
            this.service = service;
            this.name = name;
            this.traits = traits;
            this.hash =
                    31 * (31 * System.identityHashCode(incident) + service.hashCode())
                            + name.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key
                    && ((Key) other).hash == hash
                    && ((Key) other).incident.equals(incident)
                    && ((Key) other).service.equals(service)
                    && ((Key) other).name.equals(name)
                    && ((Key) other).traits.equals(traits);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
