// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.HeldEvents;
import io.incidentcommander.model.detection.PatternKind;
import java.util.List;

/**
 * The attempts at one pattern that the events of one key have begun. Knows which events a match may
 * still be made of, so that a pattern need be given nothing but whole matches. Not thread safe;
 * event time in epoch ms.
 */
public interface Attempts {
    /**
     * Takes the next event, in the order of {@link DetectionEvent#IN_TIME}. A match ends every
     * attempt that has an event in common with it.
     *
     * @return the events of the match that it completes, in order; empty if it completes none
     */
    List<DetectionEvent> next(DetectionEvent event);

    /** Gives up the attempts for which it is too late, if events come from this time on. */
    void forget(long timeMillis);

    /** Whether there are none, and there may be one again. */
    boolean isEmpty();

    /** The events of all attempts; given to {@link #restore} they make the same attempts. */
    List<DetectionEvent> held();

    /** Until when nothing begins after a match; or {@link HeldEvents#NEVER}. */
    long restsUntilMillis();

    /** Takes back what was held, into an object that is new. */
    void restore(List<DetectionEvent> held, long restsUntilMillis);

    /** None, of one pattern. */
    static Attempts at(PatternSpec spec) {
        return spec.kind() == PatternKind.CASCADE
                ? new CascadeAttempts(spec)
                : new SequenceAttempts(spec);
    }
}
