// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Attempts of which each event may begin one, and each takes the first event that suits it: what a
 * relaxed or strict sequence with a skip past the last event does. The earliest begun wins. Beyond
 * {@link #MOST} at a time the earliest is given up.
 */
final class SequenceAttempts implements Attempts {
    static final int MOST = 64;

    private final PatternSpec spec;

    /** Earliest begun first. */
    private final List<List<DetectionEvent>> open = new ArrayList<>(2);

    SequenceAttempts(PatternSpec spec) {
        this.spec = spec;
    }

    @Override
    public List<DetectionEvent> next(DetectionEvent event) {
        forget(event.eventTimeMillis());
        List<DetectionEvent> match = goOn(event);
        if (match.isEmpty() && PatternRules.isWhole(spec, event)) {
            match = List.of(event);
        }
        if (!match.isEmpty()) {
            open.clear();
        } else if (PatternRules.begins(spec, event)) {
            List<DetectionEvent> begun = new ArrayList<>(2);
            begun.add(event);
            open.add(begun);
            if (open.size() > MOST) {
                open.remove(0);
            }
        }
        return match;
    }

    private List<DetectionEvent> goOn(DetectionEvent event) {
        Iterator<List<DetectionEvent>> each = open.iterator();
        while (each.hasNext()) {
            List<DetectionEvent> attempt = each.next();
            switch (PatternRules.step(spec, attempt, event)) {
                case GOES_ON:
                    attempt.add(event);
                    break;
                case COMPLETE:
                    attempt.add(event);
                    return List.copyOf(attempt);
                case DEAD:
                    each.remove();
                    break;
                default:
                    break;
            }
        }
        return List.of();
    }

    @Override
    public void forget(long timeMillis) {
        while (!open.isEmpty()
                && !PatternRules.isWithin(spec, open.get(0).get(0).eventTimeMillis(), timeMillis)) {
            open.remove(0);
        }
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty();
    }

    @Override
    public List<DetectionEvent> held() {
        if (open.isEmpty()) {
            return List.of();
        }
        TreeSet<DetectionEvent> held = new TreeSet<>(DetectionEvent.IN_TIME);
        open.forEach(held::addAll);
        return new ArrayList<>(held);
    }

    @Override
    public void restore(List<DetectionEvent> held) {
        held.forEach(this::next);
    }
}
