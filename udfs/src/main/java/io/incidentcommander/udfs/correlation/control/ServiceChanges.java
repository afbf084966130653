// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ControlUpdate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The changes of services that a tenant was told of. Of one id the highest sequence counts, as a
 * whole: it corrects what was said before, or takes it back. Bound: {@link #MOST}, and {@link
 * #expire}.
 */
final class ServiceChanges {
    static final int MOST = 10_000;

    private final Map<String, Told> byId = new TreeMap<>();
    private final TreeMap<Long, Map<String, ServiceChange>> byTime = new TreeMap<>();

    /** The highest that was accepted; 0 if none was, or it is forgotten. */
    long sequence(String id) {
        return byId.containsKey(id) ? byId.get(id).update.sequence() : 0;
    }

    boolean isFullFor(String id) {
        return byId.size() >= MOST && !byId.containsKey(id);
    }

    /**
     * @param change empty: there was none
     * @return the update that it takes the place of
     */
    Optional<ControlUpdate> put(ControlUpdate update, Optional<ServiceChange> change) {
        Optional<Told> before =
                Optional.ofNullable(byId.put(update.id(), new Told(update, change)));
        before.flatMap(told -> told.change).ifPresent(this::leave);
        change.ifPresent(
                c -> byTime.computeIfAbsent(c.atMillis(), t -> new TreeMap<>()).put(c.id(), c));
        return before.map(told -> told.update);
    }

    /** Those made in that time, both ends included, the newest first. */
    List<ServiceChange> between(long fromMillis, long untilMillis) {
        List<ServiceChange> found = new ArrayList<>();
        byTime.subMap(fromMillis, true, untilMillis, true)
                .descendingMap()
                .values()
                .forEach(made -> found.addAll(made.values()));
        return found;
    }

    /** The updates about what was made before the time; they are forgotten. */
    List<ControlUpdate> expire(long beforeMillis) {
        List<ControlUpdate> gone = new ArrayList<>();
        Iterator<Told> all = byId.values().iterator();
        while (all.hasNext()) {
            Told told = all.next();
            if (told.update.effectiveMillis() < beforeMillis) {
                all.remove();
                told.change.ifPresent(this::leave);
                gone.add(told.update);
            }
        }
        return gone;
    }

    private void leave(ServiceChange change) {
        Map<String, ServiceChange> made = byTime.get(change.atMillis());
        made.remove(change.id());
        if (made.isEmpty()) {
            byTime.remove(change.atMillis());
        }
    }

    /** The newest update of an id, and what it says. */
    private static final class Told {
        private final ControlUpdate update;
        private final Optional<ServiceChange> change;

        Told(ControlUpdate update, Optional<ServiceChange> change) {
            this.update = update;
            this.change = change;
        }
    }
}
