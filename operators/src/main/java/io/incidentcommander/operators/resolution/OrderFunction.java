// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.types.Either;

/**
 * Whoever has to do with orders also hears the documents of the control stream: a change freeze
 * that is declared while it runs holds for every question to the policy from then on, also of an
 * order that waits already. State: the documents, broadcast, bounded as {@code ControlState}.
 */
public abstract class OrderFunction
        extends RichAsyncFunction<Either<ControlUpdate, ActionOrder>, LifecycleFact>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** Of the input: documents left, orders right. */
    public static final TypeInformation<Either<ControlUpdate, ActionOrder>> HEARD =
            new EitherTypeInfo<>(
                    TypeInformation.of(ControlUpdate.class), TypeInformation.of(ActionOrder.class));

    private final ActionRules rules;
    private final ActionClock clock;

    OrderFunction(ActionRules rules, ActionClock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** As {@link #asyncInvoke}, of an order. */
    abstract void take(ActionOrder order, ResultFuture<LifecycleFact> result);

    /** What is said of an order that came to no end in time. */
    abstract Collection<LifecycleFact> overdue(ActionOrder order);

    final ActionRules rules() {
        return rules;
    }

    final ActionClock clock() {
        return clock;
    }

    /** Before orders that were under way are taken up again. */
    @Override
    public final void initializeState(FunctionInitializationContext context) throws Exception {
        rules.freezes().restore(context.getOperatorStateStore());
    }

    @Override
    public final void asyncInvoke(
            Either<ControlUpdate, ActionOrder> heard, ResultFuture<LifecycleFact> result)
            throws Exception {
        if (heard.isRight()) {
            take(heard.right(), result);
            return;
        }
        rules.freezes().accept(heard.left(), clock.millis());
        result.complete(List.of());
    }

    @Override
    public final void timeout(
            Either<ControlUpdate, ActionOrder> heard, ResultFuture<LifecycleFact> result) {
        result.complete(heard.isRight() ? overdue(heard.right()) : List.of());
    }

    /** The documents are written as they come. */
    @Override
    public final void snapshotState(FunctionSnapshotContext context) {}
}
