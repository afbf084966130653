// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The decisions within the patterns: what may begin, go on and end one, and what it then says. */
public final class PatternRules {
    /** Of the first reading, that a series must rise by to leak. */
    private static final double LEAK_SHARE = 0.15;

    private static final char SEPARATOR = ' ';
    private static final int FINGERPRINT_CHARS = 32;

    private PatternRules() {}

    /** Whether an event may be the first of a match. */
    public static boolean begins(PatternSpec spec, DetectionEvent event) {
        switch (spec.kind()) {
            case CASCADE:
                return event.kind() == Kind.ONSET;
            case STORM:
                return event.kind() == Kind.CROWD;
            case SLOW_LEAK:
                return event.kind() == Kind.READING;
            case FLAPPING:
                return event.kind() == Kind.CLEARED;
            case RECURRENCE:
                return event.kind() == Kind.FIXED;
            default:
                return false;
        }
    }

    /** Whether an event is a match by itself. */
    public static boolean isWhole(PatternSpec spec, DetectionEvent event) {
        return spec.kind() == PatternKind.STORM
                && event.kind() == Kind.CROWD
                && isStorm(spec.times(), event, event);
    }

    /**
     * What the next event is to an attempt that it is within the time of.
     *
     * @param attempt its events so far, at least one
     */
    public static AttemptStep step(
            PatternSpec spec, List<DetectionEvent> attempt, DetectionEvent event) {
        switch (spec.kind()) {
            case STORM:
                return event.kind() == Kind.CROWD && isStorm(spec.times(), attempt.get(0), event)
                        ? AttemptStep.COMPLETE
                        : AttemptStep.WAITS;
            case SLOW_LEAK:
                return leaks(spec, attempt, event);
            case FLAPPING:
                return flaps(spec, attempt, event);
            case RECURRENCE:
                return event.kind() == Kind.OPENED ? AttemptStep.COMPLETE : AttemptStep.WAITS;
            default:
                throw new IllegalArgumentException("Not a sequence of events: " + spec);
        }
    }

    private static AttemptStep leaks(
            PatternSpec spec, List<DetectionEvent> attempt, DetectionEvent event) {
        if (!rises(attempt.get(attempt.size() - 1), event)) {
            return AttemptStep.DEAD;
        }
        if (attempt.size() < spec.times() - 1) {
            return AttemptStep.GOES_ON;
        }
        return roseEnough(attempt.get(0), event) ? AttemptStep.COMPLETE : AttemptStep.DEAD;
    }

    private static AttemptStep flaps(
            PatternSpec spec, List<DetectionEvent> attempt, DetectionEvent event) {
        boolean isFiring = attempt.size() % 2 == 0;
        if (event.kind() != (isFiring ? Kind.CLEARED : Kind.FIRING)) {
            return AttemptStep.WAITS;
        }
        return attempt.size() == 2 * spec.times() - 2 ? AttemptStep.COMPLETE : AttemptStep.GOES_ON;
    }

    /** Whether something may be part of what began so long before. */
    public static boolean isWithin(PatternSpec spec, long beganMillis, long timeMillis) {
        return timeMillis < beganMillis + spec.within().toMillis();
    }

    /** Whether it is the onset of a service that needs the cause and is not counted yet. */
    public static boolean isDependent(
            DetectionEvent cause, List<DetectionEvent> dependents, DetectionEvent event) {
        return event.kind() == Kind.ONSET
                && !event.service().equals(cause.service())
                && event.dependsOn().contains(cause.service())
                && dependents.stream().noneMatch(d -> d.service().equals(event.service()));
    }

    /** Whether it reads more than the one before. */
    public static boolean rises(DetectionEvent before, DetectionEvent event) {
        return event.kind() == Kind.READING
                && before.value().isPresent()
                && event.value().isPresent()
                && event.value().getAsDouble() > before.value().getAsDouble();
    }

    /** Whether a rise is worth a word. */
    public static boolean roseEnough(DetectionEvent first, DetectionEvent last) {
        double from = first.value().orElse(Double.NaN);
        double to = last.value().orElse(Double.NaN);
        return to - from >= LEAK_SHARE * Math.max(Math.abs(from), 1e-9);
    }

    /**
     * Whether so many alerts came from the first crowd to the last, both counted whole.
     *
     * @param first the same as the last if it is alone
     */
    public static boolean isStorm(int alerts, DetectionEvent first, DetectionEvent last) {
        return between(first, last) >= alerts;
    }

    /** Alerts that came in between, both ends counted. */
    private static long between(DetectionEvent first, DetectionEvent last) {
        double before = first.value().orElse(0);
        return Math.round(last.value().orElse(0) - before) + last.alerts();
    }

    /** Of an alert, unique within its service; it begins with the name, for a human. */
    public static String identity(Alert alert) {
        return alert.name() + SEPARATOR + alert.fingerprint();
    }

    private static String name(String identity) {
        int end = identity.length() - FINGERPRINT_CHARS - 1;
        return end > 0 && identity.charAt(end) == SEPARATOR ? identity.substring(0, end) : identity;
    }

    /** Words and evidence of a match; the events in order of time. */
    public static PatternMatch match(PatternSpec spec, List<DetectionEvent> events) {
        DetectionEvent first = events.get(0);
        DetectionEvent last = events.get(events.size() - 1);
        Set<String> services = new LinkedHashSet<>();
        List<AlertId> evidence = new ArrayList<>();
        for (DetectionEvent event : events) {
            services.add(event.service());
            evidence.add(event.id());
        }
        return new PatternMatch(
                spec.kind(),
                spec.id(),
                spec.version(),
                first.tenant(),
                subject(spec, first),
                new ArrayList<>(services),
                first.eventTimeMillis(),
                last.eventTimeMillis(),
                evidence,
                words(spec, events));
    }

    private static String subject(PatternSpec spec, DetectionEvent first) {
        switch (spec.kind()) {
            case CASCADE:
            case STORM:
                return first.service();
            default:
                return first.subject();
        }
    }

    private static String words(PatternSpec spec, List<DetectionEvent> events) {
        DetectionEvent first = events.get(0);
        DetectionEvent last = events.get(events.size() - 1);
        long seconds = (last.eventTimeMillis() - first.eventTimeMillis()) / 1000;
        switch (spec.kind()) {
            case CASCADE:
                String dependents =
                        events.stream()
                                .skip(1)
                                .map(DetectionEvent::service)
                                .collect(Collectors.joining(", "));
                return first.service()
                        + " fell ill, then "
                        + dependents
                        + ", within "
                        + seconds
                        + " s";
            case STORM:
                return between(first, last)
                        + " alerts of "
                        + first.service()
                        + " in "
                        + seconds
                        + " s";
            case SLOW_LEAK:
                return String.format(
                        Locale.ROOT,
                        "%s of %s rose %d times in a row, from %s to %s, in %d s",
                        first.subject(),
                        first.service(),
                        events.size() - 1,
                        short4(first),
                        short4(last),
                        seconds);
            case FLAPPING:
                return name(first.subject())
                        + " of "
                        + first.service()
                        + " came and went "
                        + (events.size() + 1) / 2
                        + " times in "
                        + seconds
                        + " s";
            case RECURRENCE:
                return first.subject()
                        + " of "
                        + first.service()
                        + " is back "
                        + seconds
                        + " s after it was resolved";
            default:
                return first.subject() + " of " + first.service() + " is missing";
        }
    }

    /** Four digits of the value. */
    private static String short4(DetectionEvent event) {
        double value = event.value().orElse(0);
        return new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros().toPlainString();
    }
}
