// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.audit.SqsQueue;
import io.incidentcommander.connectors.delivery.Parcel;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.udfs.ingest.CanonicalJson;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/**
 * Dead letters beside a topic of Kafka: in a stream of Kinesis, in files, in a queue of SQS, each
 * where it is named. A letter is one line of JSON, the same everywhere.
 */
final class DeadLetterSinks {
    private final CommanderConfiguration options;

    DeadLetterSinks(CommanderConfiguration options) {
        this.options = options;
    }

    void add(DataStream<DeadLetter> letters) {
        if (has(SinkOptions.SINK_KINESIS_DEAD_LETTERS_STREAM)) {
            String stream = options.get(SinkOptions.SINK_KINESIS_DEAD_LETTERS_STREAM);
            letters.sinkTo(
                            ConfiguredSinks.spilling(
                                    ConfiguredSinks.kinesis(options)
                                            .<DeadLetter>into(
                                                    OperatorUids.DEAD_LETTER_STREAM_SINK,
                                                    stream,
                                                    letter ->
                                                            Parcel.of(stream, bytes(letter))
                                                                    .keyed(
                                                                            Long.toString(
                                                                                    letter
                                                                                            .offset()))),
                                    options))
                    .name("dead letter stream")
                    .uid(OperatorUids.DEAD_LETTER_STREAM_SINK);
        }
        if (has(SinkOptions.SINK_FILES_DEAD_LETTERS)) {
            letters.map(letter -> CanonicalJson.write(letter))
                    .returns(Types.STRING)
                    .name("dead letters as lines")
                    .uid(OperatorUids.DEAD_LETTER_LINE)
                    .sinkTo(files(options.get(SinkOptions.SINK_FILES_DEAD_LETTERS)))
                    .name("dead letter files")
                    .uid(OperatorUids.DEAD_LETTER_FILE_SINK);
        }
        if (has(SinkOptions.SINK_SQS_DEAD_LETTERS_QUEUE)) {
            letters.sinkTo(
                            ConfiguredSinks.spilling(
                                    queue().<DeadLetter>sink(
                                                    OperatorUids.DEAD_LETTER_QUEUE_SINK,
                                                    DeadLetterSinks::bytes),
                                    options))
                    .name("dead letter queue")
                    .uid(OperatorUids.DEAD_LETTER_QUEUE_SINK);
        }
    }

    /** As it is written everywhere. */
    static byte[] bytes(DeadLetter letter) {
        return CanonicalJson.write(letter).getBytes(StandardCharsets.UTF_8);
    }

    /** A file is there for readers once a checkpoint holds it. */
    private static FileSink<String> files(String place) {
        return FileSink.forRowFormat(new Path(place), new SimpleStringEncoder<String>())
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    private SqsQueue queue() {
        return new SqsQueue(
                options.get(SinkOptions.SINK_SQS_DEAD_LETTERS_QUEUE),
                options.get(SinkOptions.SINK_SQS_REGION),
                options.get(SinkOptions.SINK_SQS_ENDPOINT));
    }

    private boolean has(CommanderOption<String> option) {
        return !options.get(option).isEmpty();
    }
}
