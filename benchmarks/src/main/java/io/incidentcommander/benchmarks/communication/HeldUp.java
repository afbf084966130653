// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.communication;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.jobs.local.LocalMetrics;
import io.incidentcommander.jobs.topology.ConfiguredSinks;
import io.incidentcommander.jobs.topology.TopologySinks;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What a job took for its checkpoints, and alerts and incidents to get through it, in a time. Sinks
 * run in the cluster's threads and find the newest one here. Thread safe.
 */
final class HeldUp {
    static final String HEAD =
            "                   checkpoints ms               alert to deduplicated ms"
                    + "     alert to incident ms\n"
                    + "                       n   p50   p99   max      p50   p99   max"
                    + "          n   p50   p99   max";

    private static final long SAMPLE_MILLIS = 50;
    private static final long HIGHEST_MILLIS = 3_600_000;
    private static volatile HeldUp now = new HeldUp();

    private final Histogram checkpoints = new ConcurrentHistogram(HIGHEST_MILLIS, 3);
    private final Histogram alerts = new ConcurrentHistogram(HIGHEST_MILLIS, 3);
    private final Histogram incidents = new ConcurrentHistogram(HIGHEST_MILLIS, 3);

    /**
     * Watches a running job for a time.
     *
     * @throws IOException if it ends
     */
    static HeldUp watch(JobClient job, Duration time) throws Exception {
        HeldUp watched = new HeldUp();
        now = watched;
        long completed = completed();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            pause(job);
            long more = completed();
            if (more > completed) {
                record(watched.checkpoints, LocalMetrics.maxOfGauges("lastCheckpointDuration", 0));
                completed = more;
            }
        }
        return watched;
    }

    private static long completed() {
        return LocalMetrics.maxOfGauges("numberOfCompletedCheckpoints", 0);
    }

    private static void pause(JobClient job) throws Exception {
        try {
            job.getJobExecutionResult().get(SAMPLE_MILLIS, TimeUnit.MILLISECONDS);
            throw new IOException("The job ended");
        } catch (TimeoutException running) {
            // As it should.
        }
    }

    private static void record(Histogram millis, long took) {
        millis.recordValue(Math.max(0, Math.min(HIGHEST_MILLIS, took)));
    }

    void add(HeldUp other) {
        checkpoints.add(other.checkpoints);
        alerts.add(other.alerts);
        incidents.add(other.incidents);
    }

    String line(String when) {
        return String.format(
                "%-17s %6d %5d %5d %5d    %5d %5d %5d     %6d %5d %5d %5d",
                when,
                checkpoints.getTotalCount(),
                checkpoints.getValueAtPercentile(50),
                checkpoints.getValueAtPercentile(99),
                checkpoints.getMaxValue(),
                alerts.getValueAtPercentile(50),
                alerts.getValueAtPercentile(99),
                alerts.getMaxValue(),
                incidents.getTotalCount(),
                incidents.getValueAtPercentile(50),
                incidents.getValueAtPercentile(99),
                incidents.getMaxValue());
    }

    /** Messages go where the options say; alerts and the openings of incidents are timed. */
    static final class Sinks implements TopologySinks {
        private final ConfiguredSinks configured;

        Sinks(CommanderConfiguration options) {
            configured = new ConfiguredSinks(options);
        }

        @Override
        public void messages(DataStream<OutboundMessage> messages) {
            configured.messages(messages);
        }

        @Override
        public void unplanned(DataStream<OutboundMessage> messages) {
            configured.unplanned(messages);
        }

        @Override
        public void notable(DataStream<NotableAlert> alerts) {
            alerts.sinkTo(
                            new CallbackSink<>(
                                    a -> record(now.alerts, since(a.alert().eventTimeMillis()))))
                    .name("latency of alerts")
                    .uid(OperatorUids.NOTABLE_SINK);
        }

        @Override
        public void incidentEvents(DataStream<IncidentEvent> events) {
            events.filter(event -> event.kind() == IncidentEventKind.OPENED)
                    .sinkTo(
                            new CallbackSink<>(
                                    e ->
                                            record(
                                                    now.incidents,
                                                    since(e.incident().openedAtMillis()))))
                    .name("latency of incidents")
                    .uid("latency-of-incidents-sink");
        }

        private static long since(long millis) {
            return System.currentTimeMillis() - millis;
        }
    }
}
