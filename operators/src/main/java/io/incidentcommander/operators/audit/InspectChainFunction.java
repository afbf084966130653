// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainReport.Outcome;
import io.incidentcommander.model.audit.ChainWatch;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the stored chains, some at a time, beside the stream. Whatever goes wrong is a report of
 * its own: a store that does not answer says nothing of a chain. Counts looks by outcome.
 */
public final class InspectChainFunction extends RichAsyncFunction<ChainWatch, ChainReport> {
    private static final Logger LOG = LoggerFactory.getLogger(InspectChainFunction.class);
    private static final long serialVersionUID = 1L;

    private final ChainInspector.Opener openers;
    private final int hands;

    private transient ChainInspector inspector;
    private transient ExecutorService inspectors;
    private transient Counter[] outcomes;

    /**
     * @param hands looks under way at once, of each subtask
     */
    public InspectChainFunction(ChainInspector.Opener openers, int hands) {
        this.openers = openers;
        this.hands = hands;
    }

    @Override
    public void open(OpenContext context) {
        inspector = openers.open();
        inspectors = Executors.newFixedThreadPool(hands, r -> new Thread(r, "chain-inspector"));
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("audit");
        outcomes = new Counter[Outcome.values().length];
        for (Outcome outcome : Outcome.values()) {
            outcomes[outcome.ordinal()] =
                    group.addGroup("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                            .counter("chainsInspected");
        }
    }

    @Override
    public void asyncInvoke(ChainWatch watch, ResultFuture<ChainReport> result) {
        try {
            inspectors.execute(() -> result.complete(List.of(report(watch))));
        } catch (RejectedExecutionException e) {
            result.complete(List.of(unreachable(watch, "the task ends")));
        }
    }

    private ChainReport report(ChainWatch watch) {
        ChainReport report;
        try {
            report = inspector.inspect(watch);
        } catch (RuntimeException e) {
            report = unreachable(watch, e.toString());
        }
        if (report.outcome() != Outcome.WHOLE) {
            LOG.warn("Event store: {}", report);
        }
        outcomes[report.outcome().ordinal()].inc();
        return report;
    }

    @Override
    public void timeout(ChainWatch watch, ResultFuture<ChainReport> result) {
        outcomes[Outcome.UNREACHABLE.ordinal()].inc();
        result.complete(List.of(unreachable(watch, "no answer in time")));
    }

    @Override
    public void close() {
        if (inspectors != null) {
            inspectors.shutdownNow();
        }
        if (inspector != null) {
            inspector.close();
        }
    }

    private static ChainReport unreachable(ChainWatch watch, String why) {
        return new ChainReport(watch, Outcome.UNREACHABLE, List.of(why));
    }
}
