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
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by {@link IncidentNews#key}: makes one story of all news ({@link StoryTeller}); who hears
 * of it, and who is brought in while nobody acknowledges, by {@link NoticeRouter} and event time.
 * State: one {@link IncidentStory}, one {@link ToldReceivers} and two times; it ends {@link
 * #KEEP_MILLIS} after the last news.
 */
public final class RouteNoticesFunction extends KeyedProcessFunction<String, IncidentNews, Notice> {
    /** An incident is remembered so long after its last news. */
    public static final long KEEP_MILLIS = 7L * 24 * 3_600_000;

    static final String STORY = "incident-story";
    static final String TOLD = "told-receivers";
    static final String DUE = "escalation-due";
    static final String END = "escalation-end";

    private static final long serialVersionUID = 1L;
    private static final long HOUR = 3_600_000;

    private final NoticeRouterProvider routers;

    private transient NoticeRouter router;
    private transient ValueState<IncidentStory> story;
    private transient ValueState<ToldReceivers> told;
    private transient ValueState<Long> due;
    private transient ValueState<Long> end;

    public RouteNoticesFunction(NoticeRouterProvider routers) {
        this.routers = routers;
    }

    @Override
    public void open(OpenContext context) {
        router = routers.router();
        story =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STORY, TypeInformation.of(IncidentStory.class)));
        told =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        TOLD, TypeInformation.of(ToldReceivers.class)));
        due = getRuntimeContext().getState(new ValueStateDescriptor<>(DUE, Types.LONG));
        end = getRuntimeContext().getState(new ValueStateDescriptor<>(END, Types.LONG));
    }

    @Override
    public void processElement(IncidentNews news, Context context, Collector<Notice> out)
            throws Exception {
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
            apply(step.get(), context, out);
        }
        set(end, (ends(after.get(), context) + KEEP_MILLIS) / HOUR * HOUR + HOUR, context);
    }

    /** What a human says of an incident that nobody knows does not say how long to keep it. */
    private static long ends(IncidentStory story, Context context) {
        long watermark = context.timerService().currentWatermark();
        boolean known = story.of(NewsSource.INCIDENT).isPresent();
        return known || watermark == Long.MIN_VALUE ? story.timeMillis() : watermark;
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Notice> out) throws Exception {
        if (end.value() != null && end.value() <= time) {
            story.clear();
            told.clear();
            due.clear();
            end.clear();
        } else if (isPassed(context) && due.value() != null && due.value() <= time) {
            due.clear();
            apply(router.due(told.value(), time), context, out);
        }
    }

    /** The end of the input comes at once: no time passed in which somebody could have answered. */
    private static boolean isPassed(OnTimerContext context) {
        return context.timerService().currentWatermark() != Long.MAX_VALUE;
    }

    private void apply(NoticeRouter.Step step, Context context, Collector<Notice> out)
            throws Exception {
        told.update(step.told());
        step.notices().forEach(out::collect);
        due.clear();
        if (step.nextDue().isPresent()) {
            set(due, step.nextDue().get(), context);
        }
    }

    /** One that was set before stays, and does nothing: two of one time could not be told apart. */
    private static void set(ValueState<Long> timer, long at, Context context) throws Exception {
        context.timerService().registerEventTimeTimer(at);
        timer.update(at);
    }
}
