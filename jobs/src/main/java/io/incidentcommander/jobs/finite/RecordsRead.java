// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.detection.anomaly.AnomalyStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Counts what the sources hand over, by source: what the ledger is held against. */
final class RecordsRead extends RichMapFunction<RawRecord, RawRecord> {
    private static final long serialVersionUID = 1L;

    /** Name of the operator, by which its metrics are found. */
    static final String NAME = "count records read";

    private static final String PREFIX = "records-read ";

    private final String[] sources;
    private transient Map<String, LongCounter> counters;

    RecordsRead(List<String> sources) {
        this.sources = sources.toArray(new String[0]);
    }

    @Override
    public void open(OpenContext context) {
        counters = new HashMap<>();
        for (String source : sources) {
            LongCounter counter = new LongCounter();
            getRuntimeContext().addAccumulator(PREFIX + source, counter);
            counters.put(source, counter);
        }
    }

    @Override
    public RawRecord map(RawRecord record) {
        counters.get(record.source()).add(1);
        return record;
    }

    /** With those that the job made itself, of which it keeps an account of its own. */
    static Map<String, Long> of(JobExecutionResult result, List<String> sources) {
        Map<String, Long> read = new HashMap<>();
        for (String source : sources) {
            Long count = result.getAccumulatorResult(PREFIX + source);
            read.put(source, count);
        }
        Long raised = result.getAccumulatorResult(AnomalyStage.RAISED);
        if (raised != null && raised > 0) {
            read.merge(AlertId.RAISED, raised, Long::sum);
        }
        return read;
    }
}
