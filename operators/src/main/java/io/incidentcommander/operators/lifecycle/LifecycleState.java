// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.udfs.lifecycle.LifecycleFile;
import io.incidentcommander.udfs.lifecycle.QuestionsHeard;
import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The file of one incident. Bound: six values; all end with the course, whose every state has a
 * deadline.
 */
final class LifecycleState {
    static final String COURSE = "course";
    static final String DIAGNOSIS = "early-diagnosis";
    static final String DECISION = "early-decision";
    static final String DECIDED = "last-decided";
    static final String ASKED = "last-asked";
    static final String FOLLOWED = "followed-decision";

    private final ValueState<IncidentCourse> course;
    private final ValueState<LifecycleFact> diagnosis;
    private final ValueState<Decision> decision;
    private final ValueState<Integer> decided;
    private final ValueState<Integer> asked;
    private final ValueState<VerifiedOutcome> followed;

    LifecycleState(RuntimeContext context) {
        course =
                context.getState(
                        new ValueStateDescriptor<>(
                                COURSE, TypeInformation.of(IncidentCourse.class)));
        diagnosis =
                context.getState(
                        new ValueStateDescriptor<>(
                                DIAGNOSIS, TypeInformation.of(LifecycleFact.class)));
        decision =
                context.getState(
                        new ValueStateDescriptor<>(DECISION, TypeInformation.of(Decision.class)));
        decided = context.getState(new ValueStateDescriptor<>(DECIDED, Types.INT));
        asked = context.getState(new ValueStateDescriptor<>(ASKED, Types.INT));
        followed =
                context.getState(
                        new ValueStateDescriptor<>(
                                FOLLOWED, TypeInformation.of(VerifiedOutcome.class)));
    }

    LifecycleFile file() throws IOException {
        return new LifecycleFile(
                Optional.ofNullable(course.value()),
                Optional.ofNullable(diagnosis.value()),
                Optional.ofNullable(decision.value()),
                new QuestionsHeard(number(decided), number(asked)));
    }

    /** What is told if the decision that is followed turns out right. */
    Optional<VerifiedOutcome> followed() throws IOException {
        return Optional.ofNullable(followed.value());
    }

    void follow(Optional<VerifiedOutcome> decision) throws IOException {
        followed.update(decision.orElse(null));
    }

    void put(LifecycleFile file) throws IOException {
        course.update(file.course().orElse(null));
        diagnosis.update(file.diagnosis().orElse(null));
        decision.update(file.decision().orElse(null));
        put(decided, file.questions().decided());
        put(asked, file.questions().asked());
    }

    private static int number(ValueState<Integer> state) throws IOException {
        Integer value = state.value();
        return value == null ? 0 : value;
    }

    private static void put(ValueState<Integer> state, int number) throws IOException {
        state.update(number == 0 ? null : Integer.valueOf(number));
    }
}
