// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The incidents that showed something lately, and when last, oldest first. Bound: the {@value
 * #MOST} latest, so that what an alert is compared with does not grow with what is live.
 */
final class Bucket {
    static final int MOST = 16;

    private final Map<LiveIncident, Mark> incidents = new LinkedHashMap<>(4);

    /**
     * @param usual how often the kind of alert it showed came in the day before
     * @param fresh whether it is another entry of the incident, and not one that is known
     */
    void put(LiveIncident incident, long timeMillis, double usual, boolean fresh) {
        Mark before = incidents.remove(incident);
        int entries = before == null ? 1 : before.entries + (fresh ? 1 : 0);
        long last = before == null ? timeMillis : Math.max(before.lastMillis, timeMillis);
        incidents.put(incident, new Mark(last, usual, entries));
        if (incidents.size() > MOST) {
            Iterator<LiveIncident> eldest = incidents.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    boolean isEmpty() {
        return incidents.isEmpty();
    }

    /** Those seen since the time. */
    void forEachSince(long timeMillis, Visitor each) {
        incidents.forEach(
                (incident, mark) -> {
                    if (mark.lastMillis >= timeMillis) {
                        each.visit(incident, mark.lastMillis, mark.usual);
                    }
                });
    }

    /** One entry of the incident less. */
    void remove(LiveIncident incident) {
        incidents.computeIfPresent(
                incident,
                (i, mark) ->
                        mark.entries == 1
                                ? null
                                : new Mark(mark.lastMillis, mark.usual, mark.entries - 1));
    }

    /** Told of an incident. */
    interface Visitor {
        /**
         * @param lastMillis event time of what it showed last
         * @param usual how often that kind of alert came in the day before
         */
        void visit(LiveIncident incident, long lastMillis, double usual);
    }

    private static final class Mark {
        private final long lastMillis;
        private final double usual;
        private final int entries;

        Mark(long lastMillis, double usual, int entries) {
            this.lastMillis = lastMillis;
            this.usual = usual;
            this.entries = entries;
        }
    }
}
