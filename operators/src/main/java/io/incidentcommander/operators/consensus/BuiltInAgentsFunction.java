// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.CaseNews;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.io.IOException;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/** Keyed by tenant: see {@link AgentDesk}. Who calls whom is known from the start, for good. */
public final class BuiltInAgentsFunction
        extends KeyedCoProcessFunction<String, CaseNews, RoundRequest, SignedRecommendation> {
    private static final long serialVersionUID = 1L;

    private final BuiltInAgentsSetup setup;

    private transient AgentDesk desk;

    public BuiltInAgentsFunction(BuiltInAgentsSetup setup) {
        this.setup = setup;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        ControlSettings control = setup.control();
        ControlBook book =
                ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        desk = new AgentDesk(setup, book, getRuntimeContext());
    }

    @Override
    public void processElement1(CaseNews news, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        desk.hear(news, context.timerService(), out);
    }

    @Override
    public void processElement2(
            RoundRequest request, Context context, Collector<SignedRecommendation> out)
            throws Exception {
        desk.ask(request, context.timerService(), out);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<SignedRecommendation> out)
            throws Exception {
        desk.due(time, out);
    }
}
