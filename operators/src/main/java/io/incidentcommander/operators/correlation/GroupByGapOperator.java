// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.audit.LedgeredOperator;
import io.incidentcommander.udfs.correlation.GapGrouping;
import io.incidentcommander.udfs.correlation.GroupingResult;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.util.Optional;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keyed by (tenant, service): runs {@link GapGrouping} over its open incident. An open incident has
 * a timer, which moves on with it, and passes to the next if one follows at once.
 */
public final class GroupByGapOperator extends LedgeredOperator<IncidentEvent>
        implements OneInputStreamOperator<NotableAlert, IncidentEvent>,
                Triggerable<Tuple2<String, String>, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private final long gapMillis;
    private final TierCost cost;

    private transient GapGrouping grouping;
    private transient OpenIncidentState state;
    private transient InternalTimerService<VoidNamespace> timers;

    public GroupByGapOperator(long gapMillis, TierCost cost, FateDetail detail) {
        super(GapGrouping.STAGE, detail);
        this.gapMillis = gapMillis;
        this.cost = cost;
    }

    @Override
    public void open() throws Exception {
        super.open();
        grouping = new GapGrouping(gapMillis, cost);
        state = new OpenIncidentState(getKeyedStateStore());
        timers = getInternalTimerService("gap", VoidNamespaceSerializer.INSTANCE, this);
    }

    @Override
    public void processElement(StreamRecord<NotableAlert> element) throws Exception {
        NotableAlert notable = element.getValue();
        Optional<OpenIncident> before = state.get();
        GroupingResult result = grouping.add(before, notable);
        state.set(result.open());
        result.events().forEach(this::emit);
        account(notable.alert(), result);
        if (result.open().isPresent() && before.isEmpty()) {
            timers.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, grouping.overAt(result.open().get()));
        }
    }

    @Override
    public void onEventTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer)
            throws Exception {
        Optional<OpenIncident> open = state.get();
        if (open.isEmpty()) {
            return;
        }
        long over = grouping.overAt(open.get());
        if (over <= timer.getTimestamp()) {
            emit(grouping.close(open.get()));
            state.set(Optional.empty());
        } else {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, over);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Tuple2<String, String>, VoidNamespace> timer) {
        throw new IllegalStateException("Grouping knows event time alone");
    }

    private void emit(IncidentEvent event) {
        output.collect(new StreamRecord<>(event, event.eventTimeMillis()));
    }

    private void account(Alert alert, GroupingResult result) {
        counters().add(alert.id().source(), result.disposition(), 1);
        AlertFate fate = AlertFate.of(alert.id(), result.disposition(), stage(), result.reason());
        emitFate(
                result.open()
                        .map(open -> fate.inIncident(open.incident().incidentId()))
                        .orElse(fate));
    }
}
