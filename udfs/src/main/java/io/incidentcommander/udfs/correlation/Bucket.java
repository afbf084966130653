// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import java.util.Arrays;

/**
 * The incidents that showed something lately, and when last, oldest first. Bound: the {@value
 * #MOST} latest, so that what an alert is compared with does not grow with what is live. Arrays,
 * because an alert walks hundreds of these.
 */
final class Bucket {
    static final int MOST = 16;

    private LiveIncident[] incidents = {};
    private long[] lastMillis = {};
    private double[] usual = {};
    private int[] entries = {};
    private int size;

    /**
     * @param usually how often the kind of alert it showed came in the day before
     * @param fresh whether it is another entry of the incident, and not one that is known
     */
    void put(LiveIncident incident, long timeMillis, double usually, boolean fresh) {
        int at = indexOf(incident);
        int count = at < 0 ? 1 : entries[at] + (fresh ? 1 : 0);
        long last = at < 0 ? timeMillis : Math.max(lastMillis[at], timeMillis);
        if (at >= 0) {
            removeAt(at);
        } else if (size == MOST) {
            removeAt(0);
        }
        makeRoom();
        incidents[size] = incident;
        lastMillis[size] = last;
        usual[size] = usually;
        entries[size] = count;
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** When the incident showed something here last; {@link Long#MIN_VALUE} if not lately. */
    long lastOf(LiveIncident incident) {
        int at = indexOf(incident);
        return at < 0 ? Long.MIN_VALUE : lastMillis[at];
    }

    /** Those seen since the time. */
    void forEachSince(long timeMillis, Visitor each) {
        for (int i = 0; i < size; i++) {
            if (lastMillis[i] >= timeMillis) {
                each.visit(incidents[i], lastMillis[i], usual[i]);
            }
        }
    }

    /** One entry of the incident less. */
    void remove(LiveIncident incident) {
        int at = indexOf(incident);
        if (at >= 0 && --entries[at] == 0) {
            removeAt(at);
        }
    }

    private int indexOf(LiveIncident incident) {
        for (int i = 0; i < size; i++) {
            if (incidents[i] == incident) {
                return i;
            }
        }
        return -1;
    }

    private void removeAt(int at) {
        size--;
        System.arraycopy(incidents, at + 1, incidents, at, size - at);
        System.arraycopy(lastMillis, at + 1, lastMillis, at, size - at);
        System.arraycopy(usual, at + 1, usual, at, size - at);
        System.arraycopy(entries, at + 1, entries, at, size - at);
        incidents[size] = null;
    }

    private void makeRoom() {
        if (size == incidents.length) {
            int room = Math.min(MOST, Math.max(2, 2 * size));
            incidents = Arrays.copyOf(incidents, room);
            lastMillis = Arrays.copyOf(lastMillis, room);
            usual = Arrays.copyOf(usual, room);
            entries = Arrays.copyOf(entries, room);
        }
    }

    /** Told of an incident. */
    interface Visitor {
        /**
         * @param lastMillis event time of what it showed last
         * @param usual how often that kind of alert came in the day before
         */
        void visit(LiveIncident incident, long lastMillis, double usual);
    }
}
