// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.udfs.diagnosis.metrics.MetricEvidence;
import io.incidentcommander.udfs.diagnosis.offline.OfflineDiagnosis;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request to a diagnosis: by a model if one answers in time, else without. For {@code
 * unorderedWait} without retries of Flink's: the road retries by itself.
 *
 * <p>Guarantee: each request gets exactly one diagnosis, at the latest at its own deadline, which a
 * restore does not put off; what comes later is dropped. Requests beyond the admitted number, and
 * those whose deadline has passed, are answered without a model at once. The operator's capacity
 * must be larger than the admitted number, so that it never blocks on a model.
 *
 * <p>State, beside the requests under way: what was spent, see {@link SpendState}. Calls under way
 * at a checkpoint stand in it at their worst.
 */
public final class DiagnoseFunction extends RichAsyncFunction<DiagnosisRequest, Diagnosis>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;
    private static final long NONE_YET = -1;
    private static final Logger LOG = LoggerFactory.getLogger(DiagnoseFunction.class);
    private static final DiagnosisSource MODEL = DiagnosisSource.model("");

    private final ModelRoad.Opener opener;
    private final int admitted;
    private final DeadlineClock clock;

    private transient SpendState spent;
    private transient ModelRoad road;
    private transient ScheduledExecutorService deadlines;
    private transient AtomicInteger underWay;
    private transient Counter refused;
    private transient Counter late;
    private transient Counter degraded;
    private transient Counter resets;
    private transient long lastReset;

    /**
     * @param admitted requests under way at a model at once
     */
    public DiagnoseFunction(ModelRoad.Opener opener, int admitted, DeadlineClock clock) {
        this.opener = opener;
        this.admitted = admitted;
        this.clock = clock;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup("diagnosis");
        underWay = new AtomicInteger();
        refused = metrics.counter("not_admitted");
        late = metrics.counter("past_deadline", new ThreadSafeSimpleCounter());
        degraded = metrics.counter("without_model", new ThreadSafeSimpleCounter());
        resets = metrics.counter("resets");
        lastReset = NONE_YET;
        metrics.gauge("under_way", underWay::get);
        deadlines =
                Executors.newSingleThreadScheduledExecutor(
                        runnable -> {
                            Thread thread = new Thread(runnable, "diagnosis-deadlines");
                            thread.setDaemon(true);
                            return thread;
                        });
        int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        road = opener.open(metrics, subtasks);
        road.restore(spent.restored(subtasks));
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        spent = new SpendState(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        spent.keep(road.spent(), getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    }

    @Override
    public void asyncInvoke(DiagnosisRequest request, ResultFuture<Diagnosis> result) {
        hearReset(request.resets());
        long millisLeft = request.deadlineAtMillis() - clock.millis();
        if (millisLeft <= 0) {
            late.inc();
            without(request, Kind.TIMED_OUT, "the deadline had passed before anyone asked", result);
        } else if (underWay.incrementAndGet() > admitted) {
            underWay.decrementAndGet();
            refused.inc();
            without(request, Kind.NOT_ADMITTED, admitted + " are under way", result);
        } else {
            new Asked(request, result).begin(millisLeft);
        }
    }

    /** The operator's own, in case that the deadline's clock fails: never an exception. */
    @Override
    public void timeout(DiagnosisRequest request, ResultFuture<Diagnosis> result) {
        late.inc();
        without(request, Kind.TIMED_OUT, "no answer by the deadline", result);
    }

    @Override
    public void close() {
        if (deadlines != null) {
            deadlines.shutdownNow();
        }
        if (road != null) {
            road.close();
        }
    }

    /** What has just been opened is as new: then only what comes later is a reset. */
    private void hearReset(long reset) {
        if (reset > lastReset && lastReset != NONE_YET) {
            resets.inc();
            road.reset();
            LOG.info("Breakers and buckets of the models are reset, as ordered by {}", reset);
        }
        lastReset = Math.max(reset, lastReset);
    }

    private static void without(
            DiagnosisRequest request, Kind kind, String why, ResultFuture<Diagnosis> result) {
        DiagnosisFailure failure = new DiagnosisFailure(kind, MODEL, why);
        result.complete(
                Collections.singleton(OfflineDiagnosis.of(request, List.of(failure), Spend.NONE)));
    }

    /** One request at the model: settled once, by the answer or by the deadline. */
    private final class Asked {
        private final DiagnosisRequest request;
        private final ResultFuture<Diagnosis> result;
        private final AtomicBoolean settled = new AtomicBoolean();

        Asked(DiagnosisRequest request, ResultFuture<Diagnosis> result) {
            this.request = request;
            this.result = result;
        }

        void begin(long millisLeft) {
            ScheduledFuture<?> deadline =
                    deadlines.schedule(this::expire, millisLeft, TimeUnit.MILLISECONDS);
            CompletionStage<Diagnosis> answer;
            try {
                answer = road.ask(request, millisLeft);
            } catch (RuntimeException e) {
                deadline.cancel(false);
                fail(e);
                return;
            }
            answer.whenComplete(
                    (diagnosis, failure) -> {
                        deadline.cancel(false);
                        if (failure != null) {
                            fail(failure);
                        } else if (settle()) {
                            if (diagnosis.isDegraded()) {
                                degraded.inc();
                            }
                            result.complete(
                                    Collections.singleton(
                                            MetricEvidence.beside(diagnosis, request)));
                        }
                    });
        }

        private void expire() {
            if (settle()) {
                late.inc();
                without(request, Kind.TIMED_OUT, "no answer by the deadline", result);
            }
        }

        private void fail(Throwable failure) {
            if (settle()) {
                degraded.inc();
                without(request, Kind.UNREACHABLE, String.valueOf(failure), result);
            }
        }

        private boolean settle() {
            boolean first = settled.compareAndSet(false, true);
            if (first) {
                underWay.decrementAndGet();
            }
            return first;
        }
    }
}
