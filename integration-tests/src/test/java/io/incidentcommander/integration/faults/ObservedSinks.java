// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.operators.OperatorUids;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;

/** Every result into an {@link Observation}. */
class ObservedSinks implements TopologySinks {
    private final int observation;

    ObservedSinks(Observation observation) {
        this.observation = observation.id();
    }

    @Override
    public void incidentEvents(DataStream<IncidentEvent> events) {
        sink(events, OperatorUids.EVENT_STORE_SINK);
    }

    @Override
    public void deadLetters(DataStream<DeadLetter> letters) {
        sink(letters, OperatorUids.DEAD_LETTER_SINK);
    }

    @Override
    public void fates(DataStream<AlertFate> fates) {
        sink(fates, OperatorUids.FATE_SINK);
    }

    @Override
    public void ledger(DataStream<Ledger> ledgers) {
        // As in the products' sinks: two subtasks would take ledgers in any order, and the last to
        // arrive would not be the newest.
        sink(ledgers, OperatorUids.LEDGER_SINK).setParallelism(1);
    }

    private <T> DataStreamSink<T> sink(DataStream<T> stream, String uid) {
        return stream.sinkTo(new ObservingSink<>(observation)).name(uid).uid(uid);
    }
}
