// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.LogWindow;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The analysis of one finite log: lines in, findings out. What it holds is bounded by {@link
 * LogPolicy#TOTAL_BYTES} and by its policy for each service and slice. Not thread safe.
 */
public final class LogAnalysis {
    private final LogPolicy policy;
    private final long from;
    private final long split;
    private final long to;
    private final LogReader reader;
    private final SliceReducer reducer;
    private long entries;
    private long outOfTime;

    /**
     * Of {@code [split, to)} against {@code [from, split)}, epoch milliseconds, widened to slices.
     */
    public LogAnalysis(LogPolicy policy, SourceProfile profile, long from, long split, long to) {
        if (!(from < split && split < to)) {
            throw new IllegalArgumentException("Times in order: " + from + "," + split + "," + to);
        }
        this.policy = policy;
        this.from = policy.sliceOf(from);
        this.split = policy.sliceOf(split);
        this.to = policy.sliceOf(to - 1) + policy.sliceMillis();
        this.reader = new LogReader(profile);
        this.reducer = new SliceReducer(policy);
    }

    /** Takes in a line, without its end. */
    public void add(byte[] line) {
        for (LogRecord entry : reader.read(line)) {
            if (entry.timeMillis() < from || entry.timeMillis() >= to) {
                outOfTime++;
            } else {
                entries++;
                reducer.add(entry);
            }
        }
    }

    /** What was found, over all services; the lines taken in are forgotten. */
    public List<LogFinding> findings(Redaction redaction) {
        Map<String, TemplateMiner> miners = new TreeMap<>();
        List<LogSlice> slices = new ArrayList<>();
        reducer.flush(slices::add);
        for (LogSlice slice : slices) {
            miners.computeIfAbsent(
                            slice.service(),
                            service -> new TemplateMiner(LogWindow.empty(), policy.templates()))
                    .add(slice);
        }
        List<LogFinding> findings = new ArrayList<>();
        LogFindings rule = new LogFindings(policy);
        miners.forEach(
                (service, miner) ->
                        findings.addAll(
                                rule.of(service, miner.window(), from, split, to, redaction)));
        findings.sort(LogFindings.ORDER);
        return findings;
    }

    /** Entries that were within the time looked at, hostile ones included. */
    public long entries() {
        return entries;
    }

    /** Bytes of lines that were looked at: past {@link LogPolicy#TOTAL_BYTES} there are no more. */
    public long consideredBytes() {
        return reader.consideredBytes();
    }

    /** What was left out, by reason; reasons that did not occur are absent. */
    public Map<SkipReason, Long> skipped() {
        EnumMap<SkipReason, Long> all = new EnumMap<>(SkipReason.class);
        all.putAll(reader.skipped());
        reducer.skipped().forEach((reason, count) -> all.merge(reason, count, Long::sum));
        if (outOfTime > 0) {
            all.put(SkipReason.OUT_OF_TIME, outOfTime);
        }
        return all;
    }
}
