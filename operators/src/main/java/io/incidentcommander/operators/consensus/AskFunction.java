// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by incident: asks what is to be done when one opens, opens again, or is of another severity
 * or type than when it was last asked about; {@value #MOST_ATTEMPTS} times at most. State: three
 * numbers an incident, until a day after its end.
 */
public final class AskFunction extends KeyedProcessFunction<String, IncidentEvent, TallyInput> {
    private static final long serialVersionUID = 1L;

    static final int MOST_ATTEMPTS = 8;

    /** As long as the tally remembers what was voted for. */
    private static final long KEEP_MILLIS = 24L * 3_600_000;

    private static final ValueStateDescriptor<Integer> ATTEMPTS =
            new ValueStateDescriptor<>("attempts", Types.INT);
    private static final ValueStateDescriptor<String> ASKED =
            new ValueStateDescriptor<>("asked-about", Types.STRING);
    private static final ValueStateDescriptor<Long> FORGET_AT =
            new ValueStateDescriptor<>("forget-at", Types.LONG);

    private final RunbookCatalogue catalogue;

    private transient ValueState<Integer> attempts;
    private transient ValueState<String> asked;
    private transient ValueState<Long> forgetAt;

    public AskFunction(RunbookCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public void open(OpenContext context) {
        attempts = getRuntimeContext().getState(ATTEMPTS);
        asked = getRuntimeContext().getState(ASKED);
        forgetAt = getRuntimeContext().getState(FORGET_AT);
    }

    @Override
    public void processElement(IncidentEvent event, Context context, Collector<TallyInput> out)
            throws Exception {
        Incident incident = event.incident();
        if (event.kind() == IncidentEventKind.CLOSED || event.kind() == IncidentEventKind.MERGED) {
            long time = event.eventTimeMillis() + KEEP_MILLIS;
            forgetAt.update(time);
            context.timerService().registerEventTimeTimer(time);
            return;
        }
        forgetAt.clear();
        int before = attempts.value() == null ? 0 : attempts.value();
        String about = incident.severity() + " " + incident.type();
        boolean again = event.kind() == IncidentEventKind.REOPENED;
        if (before >= MOST_ATTEMPTS || !again && about.equals(asked.value())) {
            return;
        }
        attempts.update(before + 1);
        asked.update(about);
        List<String> evidence =
                event.causingAlerts().stream().map(Object::toString).collect(Collectors.toList());
        out.collect(
                TallyInput.of(
                        new Question(
                                incident.tenant(),
                                incident.incidentId(),
                                before + 1,
                                catalogue.candidates(incident),
                                evidence)));
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<TallyInput> out)
            throws Exception {
        if (forgetAt.value() != null && forgetAt.value() == time) {
            attempts.clear();
            asked.clear();
            forgetAt.clear();
        }
    }
}
