// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.udfs.detection.PatternRules;
import io.incidentcommander.udfs.detection.PatternSpec;
import io.incidentcommander.udfs.detection.Recurrences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * The patterns, each with its version and within a time: that of the stream, and again that of the
 * events, since {@link PatternGate} hands over those of a match at once. After a match nothing of
 * it is used again; that an alert flaps is found once a minute at most, however fast it does. None
 * begins with an absence, which CEP cannot; what is missing is for {@link SilenceWatchOperator}.
 *
 * <p>Partial matches are bounded by the reduction in front: a service has one onset, a series one
 * reading in a while, and a match of n events has at most n - 1 partial ones beside it.
 */
public final class PatternCatalogue {
    public static final PatternSpec CASCADE =
            new PatternSpec(PatternKind.CASCADE, 2, Duration.ofMinutes(5), 2);
    public static final PatternSpec STORM =
            new PatternSpec(PatternKind.STORM, 3, Duration.ofSeconds(60), 20);
    public static final PatternSpec SLOW_LEAK =
            new PatternSpec(PatternKind.SLOW_LEAK, 2, Duration.ofMinutes(30), 8);
    public static final PatternSpec FLAPPING =
            new PatternSpec(PatternKind.FLAPPING, 4, Duration.ofMinutes(15), 3)
                    .restingFor(Duration.ofMinutes(1));
    public static final PatternSpec RECURRENCE = Recurrences.SPEC;

    private PatternCatalogue() {}

    /** The pattern of a specification. */
    static Pattern<DetectionEvent, ?> of(PatternSpec spec) {
        switch (spec.kind()) {
            case CASCADE:
                return cascade(spec);
            case STORM:
                return storm(spec);
            case SLOW_LEAK:
                return slowLeak(spec);
            case FLAPPING:
                return flapping(spec);
            case RECURRENCE:
                return recurrence(spec);
            default:
                throw new IllegalArgumentException("Not a pattern of events: " + spec);
        }
    }

    /** A cause, then so many that need it. */
    private static Pattern<DetectionEvent, ?> cascade(PatternSpec spec) {
        return Pattern.<DetectionEvent>begin("cause", skip())
                .where(is(Kind.ONSET))
                .followedBy("dependents")
                .where(
                        new IterativeCondition<DetectionEvent>() {
                            @Override
                            public boolean filter(DetectionEvent event, Context<DetectionEvent> at)
                                    throws Exception {
                                List<DetectionEvent> known = new ArrayList<>();
                                at.getEventsForPattern("dependents").forEach(known::add);
                                return PatternRules.isDependent(
                                                at.getEventsForPattern("cause").iterator().next(),
                                                known,
                                                event)
                                        && isWithin(spec, at, "cause", event);
                            }
                        })
                .times(spec.times())
                .within(spec.within());
    }

    /**
     * One crowd that is a storm by itself, or a first one and the one that makes it a storm. Crowds
     * say how many came before, so none in between need be held.
     */
    private static Pattern<DetectionEvent, ?> storm(PatternSpec spec) {
        return Pattern.<DetectionEvent>begin("first", skip())
                .where(is(Kind.CROWD))
                .optional()
                .followedBy("last")
                .where(
                        new IterativeCondition<DetectionEvent>() {
                            @Override
                            public boolean filter(DetectionEvent event, Context<DetectionEvent> at)
                                    throws Exception {
                                DetectionEvent first = firstOr(event, at);
                                return event.kind() == Kind.CROWD
                                        && PatternRules.isStorm(spec.times(), first, event)
                                        && PatternRules.isWithin(
                                                spec,
                                                first.eventTimeMillis(),
                                                event.eventTimeMillis());
                            }
                        })
                .within(spec.within());
    }

    private static DetectionEvent firstOr(
            DetectionEvent event, IterativeCondition.Context<DetectionEvent> at) throws Exception {
        Iterator<DetectionEvent> first = at.getEventsForPattern("first").iterator();
        return first.hasNext() ? first.next() : event;
    }

    /** Readings that only rise, one after the other. */
    private static Pattern<DetectionEvent, ?> slowLeak(PatternSpec spec) {
        return Pattern.<DetectionEvent>begin("first", skip())
                .where(is(Kind.READING))
                .next("rising")
                .where(
                        new IterativeCondition<DetectionEvent>() {
                            @Override
                            public boolean filter(DetectionEvent event, Context<DetectionEvent> at)
                                    throws Exception {
                                return PatternRules.rises(last(at, "rising", "first"), event);
                            }
                        })
                .times(spec.times() - 2)
                .consecutive()
                .next("last")
                .where(
                        new IterativeCondition<DetectionEvent>() {
                            @Override
                            public boolean filter(DetectionEvent event, Context<DetectionEvent> at)
                                    throws Exception {
                                return PatternRules.rises(last(at, "rising", "first"), event)
                                        && PatternRules.roseEnough(
                                                last(at, "first", "first"), event)
                                        && isWithin(spec, at, "first", event);
                            }
                        })
                .within(spec.within());
    }

    /**
     * It begins with the end of the first time, so that what fires and stays costs nothing here:
     * who clears had fired.
     */
    private static Pattern<DetectionEvent, ?> flapping(PatternSpec spec) {
        return Pattern.<DetectionEvent>begin("cleared", skip())
                .where(is(Kind.CLEARED))
                .followedBy(
                        Pattern.<DetectionEvent>begin("fires")
                                .where(is(Kind.FIRING))
                                .followedBy("clears")
                                .where(soon(Kind.CLEARED, spec, "cleared")))
                .times(spec.times() - 1)
                .within(spec.within());
    }

    private static Pattern<DetectionEvent, ?> recurrence(PatternSpec spec) {
        return Pattern.<DetectionEvent>begin("fixed", skip())
                .where(is(Kind.FIXED))
                .followedBy("back")
                .where(soon(Kind.OPENED, spec, "fixed"))
                .within(spec.within());
    }

    private static AfterMatchSkipStrategy skip() {
        return AfterMatchSkipStrategy.skipPastLastEvent();
    }

    private static SimpleCondition<DetectionEvent> is(Kind kind) {
        return new SimpleCondition<>() {
            @Override
            public boolean filter(DetectionEvent event) {
                return event.kind() == kind;
            }
        };
    }

    /** Of a kind, and within the time of the pattern by the event's own time. */
    private static IterativeCondition<DetectionEvent> soon(
            Kind kind, PatternSpec spec, String first) {
        return new IterativeCondition<>() {
            @Override
            public boolean filter(DetectionEvent event, Context<DetectionEvent> at)
                    throws Exception {
                return event.kind() == kind && isWithin(spec, at, first, event);
            }
        };
    }

    private static boolean isWithin(
            PatternSpec spec,
            IterativeCondition.Context<DetectionEvent> at,
            String first,
            DetectionEvent event)
            throws Exception {
        DetectionEvent began = at.getEventsForPattern(first).iterator().next();
        return PatternRules.isWithin(spec, began.eventTimeMillis(), event.eventTimeMillis());
    }

    /** The latest event of a part, or of the other where it has none yet. */
    private static DetectionEvent last(
            IterativeCondition.Context<DetectionEvent> at, String part, String otherwise)
            throws Exception {
        DetectionEvent latest = null;
        for (DetectionEvent event : at.getEventsForPattern(part)) {
            latest = event;
        }
        return latest != null ? latest : at.getEventsForPattern(otherwise).iterator().next();
    }
}
