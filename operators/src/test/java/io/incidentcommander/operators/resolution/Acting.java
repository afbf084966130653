// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;

/** Whoever acts, as an operator: what is under way is state. */
final class Acting
        extends OneInputStreamOperatorTestHarness<
                Either<ControlUpdate, ActionOrder>, LifecycleFact> {
    Acting(ActFunction function) throws Exception {
        super(
                new AsyncWaitOperatorFactory<>(function, 3_600_000, 16, OutputMode.UNORDERED),
                OrderFunction.HEARD.createSerializer(new ExecutionConfig()));
        setup(TypeInformation.of(LifecycleFact.class).createSerializer(new ExecutionConfig()));
    }
}
