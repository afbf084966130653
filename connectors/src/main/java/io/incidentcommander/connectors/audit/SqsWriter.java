// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * The writer of an {@link SqsSink}. What the queue will never take is counted and logged; while it
 * cannot be reached everything is tried again, a second apart; what somebody has to mend (no such
 * queue, no permission) fails the job.
 */
final class SqsWriter<T> extends AsyncSinkWriter<T, String> {
    private static final Logger LOG = LoggerFactory.getLogger(SqsWriter.class);
    private static final long AGAIN_MILLIS = 1_000;
    private static final long REQUEST_TIMEOUT_MILLIS = 60_000;

    private final SqsQueue queue;
    private final SqsAsyncClient client;
    private final Counter refused;

    SqsWriter(
            ElementConverter<T, String> converter,
            WriterInitContext context,
            SqsQueue queue,
            Collection<BufferedRequestState<String>> unsent) {
        super(converter, context, configuration(), unsent);
        this.queue = queue;
        this.client = queue.client();
        this.refused = context.metricGroup().counter("messages_refused");
    }

    @Override
    protected void submitRequestEntries(List<String> messages, ResultHandler<String> results) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            entries.add(
                    SendMessageBatchRequestEntry.builder()
                            .id(Integer.toString(i))
                            .messageBody(messages.get(i))
                            .build());
        }
        client.sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries))
                .whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                answered(messages, answer, results);
                            } else {
                                failed(messages, failure, results);
                            }
                        });
    }

    private void answered(
            List<String> messages, SendMessageBatchResponse answer, ResultHandler<String> results) {
        List<String> left = new ArrayList<>();
        for (BatchResultErrorEntry failed : answer.failed()) {
            String message = messages.get(Integer.parseInt(failed.id()));
            if (failed.senderFault()) {
                refused.inc();
                LOG.error( // not the message: it holds what somebody sent
                        "The queue refused a message of {} bytes: {}",
                        getSizeInBytes(message),
                        failed.message());
            } else {
                left.add(message);
            }
        }
        if (left.isEmpty()) {
            results.complete();
        } else {
            later(left, results);
        }
    }

    private void failed(List<String> messages, Throwable failure, ResultHandler<String> results) {
        AppendFailureClassifier classifier = AppendFailureClassifier.of(failure);
        if (classifier.verdict() == AppendFailureClassifier.Verdict.RETRY) {
            LOG.warn("Queue {} {}: {}", queue.url(), classifier.name(), failure.getMessage());
            later(messages, results);
        } else {
            results.completeExceptionally(
                    new IOException(
                            "The queue cannot be written ("
                                    + AppendFailureClassifier.unwrapped(failure)
                                    + "). Mend queue, region or permissions; unsent messages are in"
                                    + " the last checkpoint.",
                            failure));
        }
    }

    private static void later(List<String> messages, ResultHandler<String> results) {
        CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                .execute(() -> results.retryForEntries(messages));
    }

    @Override
    protected long getSizeInBytes(String message) {
        return message.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public void close() {
        super.close();
        client.close();
    }

    private static AsyncSinkWriterConfiguration configuration() {
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(SqsSink.MAX_BATCH)
                .setMaxBatchSizeInBytes(SqsSink.MAX_BYTES)
                .setMaxInFlightRequests(SqsSink.MAX_IN_FLIGHT)
                .setMaxBufferedRequests(SqsSink.MAX_BUFFERED)
                .setMaxTimeInBufferMS(SqsSink.MAX_TIME_IN_BUFFER_MILLIS)
                .setMaxRecordSizeInBytes(SqsSink.MAX_BYTES)
                .setRequestTimeoutMS(REQUEST_TIMEOUT_MILLIS)
                .setFailOnTimeout(false)
                .build();
    }
}
