// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.communication.story.NewsOf;
import io.incidentcommander.udfs.lifecycle.HumanCommands;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** What a human's command says to the others who were told. No state. */
public final class NewsOfCommandFunction implements FlatMapFunction<ControlUpdate, IncidentNews> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(ControlUpdate command, Collector<IncidentNews> out) {
        NewsOf.human(HumanCommands.read(command)).ifPresent(out::collect);
    }
}
