// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.audit.AnchorStore.Kept;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the anchors of checkpoints that are complete. It waits {@value #PATIENCE_MILLIS} ms for the
 * store and looks again a second later, so that a store that hangs holds up nobody. An anchor that
 * cannot be kept within {@value #MAX_TRIES} looks is left out, counted and logged; the next change
 * of its incident brings another.
 */
final class AnchorCommitter implements Committer<ChainAnchor> {
    static final int MAX_TRIES = 300;
    private static final long PATIENCE_MILLIS = 50;
    private static final Logger LOG = LoggerFactory.getLogger(AnchorCommitter.class);

    private final Function<ChainAnchor, CompletableFuture<Kept>> store;
    private final AutoCloseable client;
    private final AnchorMetrics metrics;
    private final Map<ChainAnchor, CompletableFuture<Kept>> asked = new HashMap<>();

    AnchorCommitter(
            Function<ChainAnchor, CompletableFuture<Kept>> store,
            AutoCloseable client,
            AnchorMetrics metrics) {
        this.store = store;
        this.client = client;
        this.metrics = metrics;
    }

    @Override
    public void commit(Collection<CommitRequest<ChainAnchor>> requests)
            throws InterruptedException {
        List<CompletableFuture<Kept>> answers = new ArrayList<>();
        for (CommitRequest<ChainAnchor> request : requests) {
            answers.add(asked.computeIfAbsent(request.getCommittable(), this::ask));
        }
        await(answers);
        for (CommitRequest<ChainAnchor> request : requests) {
            look(request, asked.get(request.getCommittable()));
        }
    }

    @Override
    public void close() throws Exception {
        client.close();
    }

    private CompletableFuture<Kept> ask(ChainAnchor anchor) {
        return CompletableFuture.completedFuture(anchor).thenCompose(store);
    }

    private static void await(List<CompletableFuture<Kept>> answers) throws InterruptedException {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(answers.toArray(new CompletableFuture[0]))
                        .handle((done, failure) -> null);
        try {
            all.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException notYet) {
            // Another look, a second later.
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Failures are answers", e);
        }
    }

    private void look(CommitRequest<ChainAnchor> request, CompletableFuture<Kept> answer) {
        ChainAnchor anchor = request.getCommittable();
        if (!answer.isDone()) {
            later(request, "no answer yet");
            return;
        }
        asked.remove(anchor);
        if (answer.isCompletedExceptionally()) {
            later(request, reason(answer));
        } else if (answer.join() == Kept.CONTRADICTED) {
            metrics.contradicted();
            LOG.error("Another head was anchored at this sequence than {}", anchor);
        } else {
            metrics.kept();
        }
    }

    private void later(CommitRequest<ChainAnchor> request, String why) {
        if (request.getNumberOfRetries() < MAX_TRIES) {
            request.retryLater();
            return;
        }
        asked.remove(request.getCommittable());
        metrics.leftOut();
        LOG.error("An anchor is left out, {}: {}", request.getCommittable(), why);
    }

    private static String reason(CompletableFuture<Kept> failed) {
        return failed.handle((kept, failure) -> AppendFailureClassifier.unwrapped(failure))
                .join()
                .toString();
    }
}
