// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.udfs.sampling.Slices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** One subtask of ingest, fed with canonical JSON. */
final class IngestHarness implements AutoCloseable {
    /** A boundary of slices. */
    static final long T0 = 1_700_000_000_000L;

    private final OneInputStreamOperatorTestHarness<RawRecord, AlertRun> harness;
    private long offset;

    IngestHarness(IngestSettings settings) throws Exception {
        this(settings, 1, 0);
    }

    IngestHarness(IngestSettings settings, int parallelism, int index) throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new DecodeAndBundleOperator(settings, DecodingProvider.ofAllFormats()),
                        128,
                        parallelism,
                        index);
    }

    static IngestSettings.Builder settings() {
        return IngestSettings.builder()
                .slices(new Slices(Alerts.SLICE_MILLIS))
                .fateDetail(FateDetail.ALL_BUT_REPEATS);
    }

    static IngestHarness opened(IngestSettings.Builder settings) throws Exception {
        IngestHarness opened = new IngestHarness(settings.build());
        opened.harness.open();
        return opened;
    }

    OneInputStreamOperatorTestHarness<RawRecord, AlertRun> harness() {
        return harness;
    }

    /** An alert that arrives on time. */
    void alert(String name, long time) throws Exception {
        alert("p0", name, time, time);
    }

    void alert(String partition, String name, long time, long arrival) throws Exception {
        json(partition, arrival, canonical(name, Instant.ofEpochMilli(time)));
    }

    void json(String partition, long arrival, String json) throws Exception {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        harness.processElement(RawRecord.of("kafka", partition, offset++, arrival, bytes), arrival);
    }

    void heartbeat(long now) throws Exception {
        harness.processElement(RawRecord.heartbeat("kafka", now), now);
    }

    /** Processing time goes on by ticks. */
    void tickTo(long millis) throws Exception {
        while (harness.getProcessingTime() < millis) {
            harness.setProcessingTime(Math.min(millis, harness.getProcessingTime() + 50));
        }
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        harness.prepareSnapshotPreBarrier(checkpoint);
        return harness.snapshot(checkpoint, checkpoint);
    }

    List<AlertRun> runs() {
        return harness.extractOutputValues();
    }

    /** Runs as x and their count, watermarks as w and millis from T0, and statuses. */
    List<String> sequence() {
        return harness.getOutput().stream().map(IngestHarness::word).collect(Collectors.toList());
    }

    private static String word(Object output) {
        if (output instanceof Watermark mark) {
            return mark.getTimestamp() == Long.MAX_VALUE ? "end" : "w" + (mark.getTimestamp() - T0);
        }
        return output instanceof org.apache.flink.streaming.runtime.streamrecord.StreamRecord<?> r
                ? "x" + ((AlertRun) r.getValue()).count()
                : output.toString();
    }

    static String canonical(String name, Instant time) {
        return "{\"name\":\""
                + name
                + "\",\"service\":\"orders\",\"severity\":\"high\",\"status\":\"firing\",\"time\":\""
                + time
                + "\"}";
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
