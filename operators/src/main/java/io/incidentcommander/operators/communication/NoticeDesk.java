// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.IncidentStory;
import io.incidentcommander.model.communication.NewsSource;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.ToldReceivers;
import io.incidentcommander.udfs.communication.routing.NoticeRouter;
import io.incidentcommander.udfs.communication.story.StoryTeller;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * What the operators that route notices have in common. Keyed by {@link IncidentNews#key}: makes
 * one story of all news ({@link StoryTeller}); who hears of it, and who is brought in while nobody
 * acknowledges, by {@link NoticeRouter} and event time. State: one {@link IncidentStory}, one
 * {@link ToldReceivers} and two times; it ends {@link #KEEP_MILLIS} after the last news. In the
 * task's thread, under the current key.
 */
final class NoticeDesk {
    /** An incident is remembered so long after its last news. */
    static final long KEEP_MILLIS = 7L * 24 * 3_600_000;

    static final String STORY = "incident-story";
    static final String TOLD = "told-receivers";
    static final String DUE = "escalation-due";
    static final String END = "escalation-end";

    private static final long HOUR = 3_600_000;

    private final NoticeRouter router;
    private final ValueState<IncidentStory> story;
    private final ValueState<ToldReceivers> told;
    private final ValueState<Long> due;
    private final ValueState<Long> end;

    NoticeDesk(NoticeRouter router, RuntimeContext context) {
        this.router = router;
        story =
                context.getState(
                        new ValueStateDescriptor<>(STORY, TypeInformation.of(IncidentStory.class)));
        told =
                context.getState(
                        new ValueStateDescriptor<>(TOLD, TypeInformation.of(ToldReceivers.class)));
        due = context.getState(new ValueStateDescriptor<>(DUE, Types.LONG));
        end = context.getState(new ValueStateDescriptor<>(END, Types.LONG));
    }

    void hear(IncidentNews news, TimerService timers, Collector<Notice> out) throws Exception {
        IncidentStory before = Optional.ofNullable(story.value()).orElse(IncidentStory.empty());
        Optional<IncidentStory> after = before.with(news);
        if (after.isEmpty()) {
            return;
        }
        story.update(after.get());
        long now = after.get().timeMillis();
        Optional<ToldReceivers> known = Optional.ofNullable(told.value());
        Optional<NoticeRouter.Step> step =
                StoryTeller.tell(after.get(), news).flatMap(b -> router.heard(known, b, now));
        if (step.isPresent()) {
            apply(step.get(), timers, out);
        }
        set(end, (ends(after.get(), timers) + KEEP_MILLIS) / HOUR * HOUR + HOUR, timers);
    }

    /** A timer fired. */
    void due(long time, TimerService timers, Collector<Notice> out) throws Exception {
        if (end.value() != null && end.value() <= time) {
            story.clear();
            told.clear();
            due.clear();
            end.clear();
        } else if (isPassed(timers) && due.value() != null && due.value() <= time) {
            due.clear();
            apply(router.due(told.value(), time), timers, out);
        }
    }

    /** What a human says of an incident that nobody knows does not say how long to keep it. */
    private static long ends(IncidentStory story, TimerService timers) {
        long watermark = timers.currentWatermark();
        boolean known = story.of(NewsSource.INCIDENT).isPresent();
        return known || watermark == Long.MIN_VALUE ? story.timeMillis() : watermark;
    }

    /** The end of the input comes at once: no time passed in which somebody could have answered. */
    private static boolean isPassed(TimerService timers) {
        return timers.currentWatermark() != Long.MAX_VALUE;
    }

    private void apply(NoticeRouter.Step step, TimerService timers, Collector<Notice> out)
            throws Exception {
        told.update(step.told());
        step.notices().forEach(out::collect);
        due.clear();
        if (step.nextDue().isPresent()) {
            set(due, step.nextDue().get(), timers);
        }
    }

    /** One that was set before stays, and does nothing: two of one time could not be told apart. */
    private static void set(ValueState<Long> timer, long at, TimerService timers) throws Exception {
        timers.registerEventTimeTimer(at);
        timer.update(at);
    }
}
