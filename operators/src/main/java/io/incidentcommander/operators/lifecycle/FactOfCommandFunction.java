// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.lifecycle;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.udfs.lifecycle.HumanCommands;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a human's command says to an incident's life. One that is none says nothing. No state. */
public final class FactOfCommandFunction implements FlatMapFunction<ControlUpdate, LifecycleFact> {
    private static final Logger LOG = LoggerFactory.getLogger(FactOfCommandFunction.class);
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(ControlUpdate command, Collector<LifecycleFact> out) {
        LifecycleFact fact;
        try {
            fact = HumanCommands.read(command);
        } catch (IllegalArgumentException e) {
            LOG.warn("Not a command for {}: {}", command.id(), e.getMessage());
            return;
        }
        out.collect(fact.at(LifecycleFact.NO_TIME));
    }
}
