// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.HeldEvents;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * Attempts of which each event may begin one, and each takes the first event that suits it: what a
 * relaxed or strict sequence with a skip past the last event does. The earliest begun wins. Beyond
 * {@link #MOST} at a time the earliest is given up. After a match nothing happens for as long as
 * the pattern rests.
 */
final class SequenceAttempts implements Attempts {
    static final int MOST = 64;

    private final PatternSpec spec;

    /** Earliest begun first. */
    private final List<List<DetectionEvent>> open = new ArrayList<>(2);

    private long restsUntilMillis = HeldEvents.NEVER;

    SequenceAttempts(PatternSpec spec) {
        this.spec = spec;
    }

    @Override
    public List<DetectionEvent> next(DetectionEvent event) {
        forget(event.eventTimeMillis());
        if (restsUntilMillis != HeldEvents.NEVER) {
            return List.of();
        }
        List<DetectionEvent> match = goOn(event);
        if (match.isEmpty() && PatternRules.isWhole(spec, event)) {
            match = List.of(event);
        }
        if (!match.isEmpty()) {
            open.clear();
            rest(event.eventTimeMillis());
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

    private void rest(long matchedAtMillis) {
        if (!spec.rest().isZero()) {
            restsUntilMillis = matchedAtMillis + spec.rest().toMillis();
        }
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
        if (restsUntilMillis <= timeMillis) {
            restsUntilMillis = HeldEvents.NEVER;
        }
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty() && restsUntilMillis == HeldEvents.NEVER;
    }

    @Override
    public long restsUntilMillis() {
        return restsUntilMillis;
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
    public void restore(List<DetectionEvent> held, long untilMillis) {
        held.forEach(this::next);
        restsUntilMillis = untilMillis;
    }
}
