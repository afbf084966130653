// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.Notice;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Who hears of what, by the files the job was started with: see {@link NoticeDesk}. */
public final class RouteNoticesFunction extends KeyedProcessFunction<String, IncidentNews, Notice> {
    private static final long serialVersionUID = 1L;

    private final NoticeRouterProvider routers;

    private transient NoticeDesk desk;

    public RouteNoticesFunction(NoticeRouterProvider routers) {
        this.routers = routers;
    }

    @Override
    public void open(OpenContext context) {
        desk = new NoticeDesk(routers.router(), getRuntimeContext());
    }

    @Override
    public void processElement(IncidentNews news, Context context, Collector<Notice> out)
            throws Exception {
        desk.hear(news, context.timerService(), out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Notice> out) throws Exception {
        desk.due(time, context.timerService(), out);
    }
}
