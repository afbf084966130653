// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.HeldEvents;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Attempts of one tenant, found by the service that may be the cause: an onset is held against the
 * services that it needs and that are ill, not against all that are ill. The events of a match name
 * their cause as the subject, and of what they need that alone.
 *
 * <p>Bound: one attempt for each onset within the pattern's time, and in each fewer events than a
 * match has.
 */
final class CascadeAttempts implements Attempts {
    private final PatternSpec spec;

    /** Earliest begun first. */
    private final Deque<Attempt> open = new ArrayDeque<>();

    private final Map<String, Deque<Attempt>> byCause = new HashMap<>();

    CascadeAttempts(PatternSpec spec) {
        this.spec = spec;
    }

    @Override
    public List<DetectionEvent> next(DetectionEvent event) {
        if (event.kind() != Kind.ONSET) {
            return List.of();
        }
        forget(event.eventTimeMillis());
        begin(event, event.service());
        Attempt complete = null;
        for (String cause : new LinkedHashSet<>(event.dependsOn())) {
            for (Attempt attempt : byCause.getOrDefault(cause, new ArrayDeque<>())) {
                boolean isMatch = attempt.goOn(event);
                if (isMatch && (complete == null || attempt.isBefore(complete))) {
                    complete = attempt;
                }
            }
        }
        if (complete == null) {
            return List.of();
        }
        List<DetectionEvent> match = List.copyOf(complete.events);
        endAllThatShare(match);
        return match;
    }

    private void begin(DetectionEvent onset, String cause) {
        Attempt attempt = new Attempt(of(onset, cause, List.of()));
        open.add(attempt);
        byCause.computeIfAbsent(cause, c -> new ArrayDeque<>(1)).add(attempt);
    }

    private void endAllThatShare(List<DetectionEvent> match) {
        Set<Object> used = new HashSet<>();
        match.forEach(event -> used.add(event.id()));
        open.removeIf(
                attempt -> {
                    boolean ends = attempt.events.stream().anyMatch(e -> used.contains(e.id()));
                    if (ends) {
                        drop(attempt);
                    }
                    return ends;
                });
    }

    @Override
    public void forget(long timeMillis) {
        while (!open.isEmpty()
                && !PatternRules.isWithin(
                        spec, open.peek().cause().eventTimeMillis(), timeMillis)) {
            drop(open.poll());
        }
    }

    private void drop(Attempt attempt) {
        String cause = attempt.cause().service();
        Deque<Attempt> same = byCause.get(cause);
        same.remove(attempt);
        if (same.isEmpty()) {
            byCause.remove(cause);
        }
    }

    @Override
    public boolean isEmpty() {
        return open.isEmpty();
    }

    /** Attempt by attempt, the cause first. */
    @Override
    public List<DetectionEvent> held() {
        List<DetectionEvent> held = new ArrayList<>();
        open.forEach(attempt -> held.addAll(attempt.events));
        return held;
    }

    @Override
    public long restsUntilMillis() {
        return HeldEvents.NEVER; // none of a tenant's causes keeps another from being found
    }

    @Override
    public void restore(List<DetectionEvent> held, long restsUntilMillis) {
        for (DetectionEvent event : held) {
            if (event.service().equals(event.subject())) {
                begin(event, event.service());
            } else {
                open.getLast().events.add(event);
            }
        }
    }

    private static DetectionEvent of(DetectionEvent onset, String cause, List<String> needs) {
        return new DetectionEvent(
                Kind.ONSET,
                onset.id(),
                onset.tenant(),
                onset.service(),
                cause,
                onset.eventTimeMillis(),
                onset.value().orElse(Double.NaN),
                needs);
    }

    private final class Attempt {
        private final List<DetectionEvent> events = new ArrayList<>(1);

        Attempt(DetectionEvent cause) {
            events.add(cause);
        }

        DetectionEvent cause() {
            return events.get(0);
        }

        boolean isBefore(Attempt other) {
            return DetectionEvent.IN_TIME.compare(cause(), other.cause()) < 0;
        }

        /** Whether it is a match now. */
        boolean goOn(DetectionEvent onset) {
            if (!PatternRules.isDependent(cause(), events.subList(1, events.size()), onset)) {
                return false;
            }
            String cause = cause().service();
            events.add(of(onset, cause, List.of(cause)));
            return events.size() == spec.times() + 1;
        }
    }
}
