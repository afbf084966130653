// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.communication.NewsOfCommandFunction;
import io.incidentcommander.operators.communication.NewsOfEventFunction;
import io.incidentcommander.operators.communication.NewsOfEventUnderControlFunction;
import io.incidentcommander.operators.communication.PlanChannelFunction;
import io.incidentcommander.operators.communication.RouteNoticesFunction;
import io.incidentcommander.operators.communication.RouteNoticesUnderControlFunction;
import io.incidentcommander.operators.communication.RoutingRules;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.NoTime;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import io.incidentcommander.udfs.communication.story.NewsOf;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;

/**
 * From what happens to incidents to messages for people: one story an incident, who hears of it,
 * and when it leaves over which channel. The messages go to an outbox; nothing here calls anybody.
 */
public final class CommunicationStage {
    private static final TypeInformation<IncidentNews> NEWS =
            TypeInformation.of(IncidentNews.class);

    private final String routing;
    private final ControlSettings control;
    private final ChannelRules channels;

    /**
     * @param routing text of a routing file, read and found right
     */
    public CommunicationStage(String routing, ControlSettings control) {
        this(routing, control, ChannelRules.defaults());
    }

    /**
     * @param routing text of a routing file, read and found right
     */
    CommunicationStage(String routing, ControlSettings control, ChannelRules channels) {
        this.routing = routing;
        this.control = control;
        this.channels = channels;
    }

    ChannelRules channels() {
        return channels;
    }

    /**
     * @param updates of routes and catalogues, and of what else is no matter here; empty: what the
     *     files say holds for good
     */
    public void build(
            DataStream<IncidentEvent> events,
            Optional<DataStream<Diagnosis>> diagnoses,
            Optional<DataStream<Decision>> decisions,
            Optional<DataStream<ControlUpdate>> commands,
            Optional<DataStream<ControlUpdate>> updates,
            TopologySinks sinks) {
        DataStream<IncidentNews> news = happened(events, updates);
        if (diagnoses.isPresent()) {
            news = news.union(said(diagnoses.get()));
        }
        if (decisions.isPresent()) {
            news = news.union(decided(decisions.get()));
        }
        if (commands.isPresent()) {
            news = news.union(commanded(commands.get()));
        }
        SingleOutputStreamOperator<Notice> notices =
                routed(news.keyBy(IncidentNews::key, Types.STRING), updates)
                        .returns(Notice.class)
                        .name("who is told")
                        .uid(OperatorUids.ROUTE_NOTICES);
        SingleOutputStreamOperator<OutboundMessage> messages =
                notices.keyBy(notice -> notice.contact().channel(), Types.STRING)
                        .process(new PlanChannelFunction(channels))
                        .returns(OutboundMessage.class)
                        .name("what leaves when")
                        .uid(OperatorUids.PLAN_CHANNEL);
        sinks.messages(messages);
        sinks.unplanned(messages.getSideOutput(PlanChannelFunction.NO_ROOM));
    }

    private DataStream<IncidentNews> happened(
            DataStream<IncidentEvent> events, Optional<DataStream<ControlUpdate>> updates) {
        SingleOutputStreamOperator<IncidentNews> news =
                updates.isPresent()
                        ? events.connect(updates.get().broadcast())
                                .process(new NewsOfEventUnderControlFunction(control))
                        : events.map(new NewsOfEventFunction(control));
        return news.returns(NEWS).name("what events say").uid(OperatorUids.SAID_BY_EVENT);
    }

    private SingleOutputStreamOperator<Notice> routed(
            KeyedStream<IncidentNews, String> news, Optional<DataStream<ControlUpdate>> updates) {
        RoutingRules rules = new RoutingRules(routing, control);
        return updates.isPresent()
                ? news.connect(updates.get().broadcast())
                        .transform(
                                "who is told",
                                TypeInformation.of(Notice.class),
                                new KeyedCoProcessOperator<>(
                                        new RouteNoticesUnderControlFunction(rules)))
                : news.process(new RouteNoticesFunction(rules));
    }

    /** A model that takes its time holds nobody's time back; neither does anything else below. */
    private static DataStream<IncidentNews> said(DataStream<Diagnosis> diagnoses) {
        return diagnoses
                .map(NewsOf::diagnosis)
                .returns(NEWS)
                .name("what diagnoses say")
                .uid(OperatorUids.SAID_BY_DIAGNOSIS)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("said of diagnoses, without time")
                .uid(OperatorUids.SAID_BY_DIAGNOSIS_TIME);
    }

    private static DataStream<IncidentNews> decided(DataStream<Decision> decisions) {
        return decisions
                .map(NewsOf::decision)
                .returns(NEWS)
                .name("what decisions say")
                .uid(OperatorUids.SAID_BY_DECISION)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("said of decisions, without time")
                .uid(OperatorUids.SAID_BY_DECISION_TIME);
    }

    private static DataStream<IncidentNews> commanded(DataStream<ControlUpdate> commands) {
        return commands.flatMap(new NewsOfCommandFunction())
                .returns(NEWS)
                .name("what humans say")
                .uid(OperatorUids.SAID_BY_HUMAN)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("said by humans, without time")
                .uid(OperatorUids.SAID_BY_HUMAN_TIME)
                .setParallelism(1);
    }
}
