// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.jobs.configuration.JobOptions;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** What a load run measured. Immutable. */
public final class LoadResult {
    private static final int SIZE_SAMPLE = 50_000;
    private static final long SAMPLE_TIME_MILLIS = 1_700_000_000_000L;

    private final LoadPlan plan;
    private final RateMeter full;
    private final Optional<RateMeter> parseOnly;
    private final Ledger ledger;
    private final Histogram latency;

    LoadResult(
            LoadPlan plan,
            RateMeter full,
            Optional<RateMeter> parseOnly,
            Ledger ledger,
            Histogram latency) {
        this.plan = plan;
        this.full = full;
        this.parseOnly = parseOnly;
        this.ledger = ledger;
        this.latency = latency;
    }

    /** Whether every record is accounted for, to the last one. */
    public boolean ledgerExact() {
        long in = ledger.recordsRead();
        boolean ends = plan.stages() == LoadStages.ALL; // else what is sampled is on its way
        long pending = ends ? LoadRun.sum(ledger, SourceCounts::pending) : 0;
        boolean all = plan.transport() == LoadTransport.GENERATOR || in == plan.records();
        return ledger.isExact() && pending == 0 && in > 0 && all;
    }

    /** As the command line promises, one line. */
    public String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        double achieved = full.perSecond();
        double limit = parseOnly.map(RateMeter::perSecond).orElse(0.0);
        json.put("source", plan.transport().word());
        json.put("stages", plan.stages().word());
        json.put("rate_offered", plan.rate());
        json.put("rate_achieved", Math.round(achieved));
        json.put("parse_only_rate", Math.round(limit));
        json.put("ratio", ratio(achieved, limit));
        parseOnly.ifPresent(
                reference ->
                        json.put(
                                "cpu_ratio",
                                ratio(reference.cpuMicrosEach(), full.cpuMicrosEach())));
        json.put("cpu_us_per_record", Math.round(100 * full.cpuMicrosEach()) / 100.0);
        ObjectNode millis = json.putObject("latency_ms");
        millis.put("p50", latency.getValueAtPercentile(50));
        millis.put("p99", latency.getValueAtPercentile(99));
        millis.put("p999", latency.getValueAtPercentile(99.9));
        millis.put("max", latency.getMaxValue());
        json.put("warm_up_s", full.warmUp().toSeconds());
        json.put("heap_mb", full.heapMb());
        json.put("checkpoint_ms", full.checkpointMillis());
        json.put("ledger_exact", ledgerExact());
        json.put("alerts_per_second", Math.round(achieved * alertsPerRecord()));
        json.put("mb_per_second", Math.round(achieved * meanBytes() / 1e5) / 10.0);
        json.put("mean_record_bytes", Math.round(meanBytes()));
        json.put("records", ledger.recordsRead());
        json.put("alerts", LoadRun.sum(ledger, SourceCounts::alerts));
        json.put("deduplicated_alerts", latency.getTotalCount());
        json.put("diagnosis", plan.diagnosis().word());
        IncidentMeter.describe(json.putObject("incidents"));
        DiagnosisMeter.describe(json.putObject("diagnoses"));
        json.put("parallelism", plan.options().get(JobOptions.PARALLELISM));
        json.put(
                "state",
                plan.options().get(JobOptions.STATE_BACKEND).name().toLowerCase(Locale.ROOT));
        return json.toString();
    }

    private double alertsPerRecord() {
        long in = ledger.recordsRead();
        return in == 0 ? 0 : (double) LoadRun.sum(ledger, SourceCounts::alerts) / in;
    }

    private double meanBytes() {
        RecordStream stream = plan.storm().open(0, 1);
        long bytes = 0;
        for (int i = 0; i < SIZE_SAMPLE; i++) {
            bytes += stream.render(i, SAMPLE_TIME_MILLIS).length;
        }
        return (double) bytes / SIZE_SAMPLE;
    }

    private static double ratio(double of, double to) {
        return to == 0 ? 0 : Math.round(1000 * of / to) / 1000.0;
    }
}
