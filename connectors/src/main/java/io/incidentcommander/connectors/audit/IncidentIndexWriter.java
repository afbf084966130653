// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.resilience.RetryDelay;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the current document of every incident in the index. One bulk request at a time; what
 * arrives meanwhile makes the next one. What is not confirmed is the writer's state, so a
 * checkpoint loses nothing and waits for nothing; only the end of input waits. No answer of the
 * index fails the job: it is retried, or the document is rejected with the reason.
 */
final class IncidentIndexWriter implements StatefulSinkWriter<Incident, Incident> {
    private static final Logger LOG = LoggerFactory.getLogger(IncidentIndexWriter.class);
    private static final int MAX_BATCH = 500;
    private static final int MAX_PENDING = 10_000;
    private static final long REQUEST_TIMEOUT_MILLIS = 5_000;

    private final IncidentBulk bulk;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService time;
    private final IndexMetrics metrics;
    private final RejectedIncidents rejectedIncidents;
    private final RetryDelay backoff;
    private final IndexedIncidents pending = new IndexedIncidents();
    private int batchLimit = MAX_BATCH;
    private int failures;
    private boolean resting;
    private boolean closed;

    IncidentIndexWriter(
            IncidentBulk bulk,
            MailboxExecutor mailbox,
            ProcessingTimeService time,
            IndexMetrics metrics,
            RejectedIncidents rejectedIncidents,
            RetryDelay backoff) {
        this.bulk = bulk;
        this.mailbox = mailbox;
        this.time = time;
        this.metrics = metrics;
        this.rejectedIncidents = rejectedIncidents;
        this.backoff = backoff;
    }

    IncidentIndexWriter restore(Collection<Incident> unindexed) {
        unindexed.forEach(pending::add);
        dispatch();
        return this;
    }

    @Override
    public void write(Incident incident, Context context) throws IOException, InterruptedException {
        while (pending.size() >= MAX_PENDING) {
            mailbox.yield();
        }
        pending.add(incident);
        dispatch();
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        while (endOfInput && !pending.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public List<Incident> snapshotState(long checkpointId) {
        return pending.snapshot();
    }

    @Override
    public void close() throws Exception {
        closed = true;
        bulk.close();
    }

    int pendingIncidents() {
        return pending.size();
    }

    boolean isUnderWay() {
        return pending.isUnderWay();
    }

    private void dispatch() {
        if (closed || resting || pending.isUnderWay() || pending.isEmpty()) {
            return;
        }
        List<Incident> batch = pending.takeBatch(batchLimit);
        CompletableFuture.completedFuture(batch)
                .thenCompose(bulk::index)
                .orTimeout(REQUEST_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete(
                        (answers, failure) ->
                                mailbox.execute(
                                        () -> answered(batch, answers, failure), "index answer"));
    }

    private void answered(List<Incident> batch, List<IndexAnswer> answers, Throwable failure) {
        List<IndexAnswer> all =
                failure == null
                        ? answers
                        : Collections.nCopies(batch.size(), IncidentBulk.answerOf(failure));
        boolean refusedAsOne =
                failure != null
                        && batch.size() > 1
                        && all.get(0).kind() == IndexAnswer.Kind.REJECTED;
        List<Incident> again = refusedAsOne ? batch : settle(batch, all);
        pending.landed(again);
        batchLimit = refusedAsOne ? Math.max(1, batch.size() / 2) : MAX_BATCH;
        if (again.isEmpty() || refusedAsOne) {
            failures = 0;
            dispatch();
        } else {
            restBeforeRetry(all);
        }
    }

    /** Those to be tried again. */
    private List<Incident> settle(List<Incident> batch, List<IndexAnswer> answers) {
        List<Incident> again = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            switch (answers.get(i).kind()) {
                case INDEXED:
                    metrics.indexed();
                    break;
                case STALE:
                    metrics.stale();
                    break;
                case RETRY:
                    metrics.retried();
                    again.add(batch.get(i));
                    break;
                case REJECTED:
                    metrics.rejected();
                    rejectedIncidents.rejected(batch.get(i), answers.get(i).detail());
                    break;
            }
        }
        return again;
    }

    private void restBeforeRetry(List<IndexAnswer> answers) {
        failures++;
        answers.stream()
                .filter(answer -> answer.kind() == IndexAnswer.Kind.RETRY)
                .findFirst()
                .ifPresent(answer -> LOG.warn("Index, try {}: {}", failures, answer.detail()));
        resting = true;
        time.registerTimer(
                time.getCurrentProcessingTime() + backoff.millisAfter(failures, pending.size()),
                now -> {
                    resting = false;
                    dispatch();
                });
    }
}
