// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.audit.EventTableChains;
import io.incidentcommander.jobs.audit.TableInspector;
import io.incidentcommander.jobs.configuration.ChainCare;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.audit.ChainInspector;
import io.incidentcommander.operators.audit.InspectChainFunction;
import io.incidentcommander.operators.audit.RaiseAlarmFunction;
import io.incidentcommander.operators.audit.WatchChainFunction;
import io.incidentcommander.udfs.audit.ChainPatrol;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The stored chains, looked at now and then; and the incidents about those that are broken. */
public final class PatrolStage {
    private static final int HANDS = 4;
    private static final int CAPACITY = 1_000;

    /** Far beyond what a store may take to answer, over and over. */
    private static final long PATIENCE_MINUTES = 10;

    private final ChainPatrol patrol;
    private final ChainInspector.Opener inspectors;

    public PatrolStage(ChainPatrol patrol, ChainInspector.Opener inspectors) {
        this.patrol = patrol;
        this.inspectors = inspectors;
    }

    /** Empty if there is no event store, or it is not to be looked at. */
    public static Optional<PatrolStage> of(CommanderConfiguration options) {
        ChainCare care = options.get(SinkOptions.AUDIT_VERIFY);
        if (options.get(SinkOptions.SINK_DYNAMODB_TABLE).isEmpty() || care == ChainCare.OFF) {
            return Optional.empty();
        }
        EventTables.Opener primary = EventTables.chains(options);
        Optional<EventTables.Opener> replica =
                options.get(SinkOptions.SINK_DYNAMODB_REPLICA_TABLE).isEmpty()
                        ? Optional.empty()
                        : Optional.of(EventTables.replicaChains(options));
        return Optional.of(
                new PatrolStage(
                        new ChainPatrol(options.get(SinkOptions.AUDIT_VERIFY_AFTER).toMillis()),
                        replica.map(second -> both(primary, second, care))
                                .orElse(() -> alone(primary.open()))));
    }

    private static ChainInspector alone(EventTableChains table) {
        return TableInspector.looking(table, Optional.empty(), List.of(table));
    }

    private static ChainInspector.Opener both(
            EventTables.Opener one, EventTables.Opener other, ChainCare care) {
        return () -> {
            EventTableChains primary = one.open();
            EventTableChains replica = other.open();
            List<EventTableChains> both = List.of(primary, replica);
            return care == ChainCare.REPAIR
                    ? TableInspector.mending(primary, Optional.of(replica), both)
                    : TableInspector.looking(primary, Optional.of(replica), both);
        };
    }

    /** Opened, updated and closed incidents about chains, each a chain of its own. */
    DataStream<IncidentEvent> build(DataStream<IncidentEvent> lives) {
        DataStream<ChainWatch> looks =
                lives.keyBy(IncidentEvent::incidentId, Types.STRING)
                        .process(
                                new WatchChainFunction(patrol),
                                TypeInformation.of(ChainWatch.class))
                        .name("watch chains")
                        .uid(OperatorUids.WATCH_CHAINS);
        DataStream<ChainReport> reports =
                AsyncDataStream.unorderedWait(
                                looks,
                                new InspectChainFunction(inspectors, HANDS),
                                PATIENCE_MINUTES,
                                TimeUnit.MINUTES,
                                CAPACITY)
                        .returns(ChainReport.class)
                        .name("inspect chains")
                        .uid(OperatorUids.INSPECT_CHAINS);
        return reports.keyBy(report -> report.watch().incidentId(), Types.STRING)
                .process(new RaiseAlarmFunction(), TypeInformation.of(IncidentEvent.class))
                .name("raise alarms")
                .uid(OperatorUids.RAISE_ALARMS);
    }
}
