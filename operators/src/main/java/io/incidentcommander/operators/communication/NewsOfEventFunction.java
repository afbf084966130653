// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.communication.story.NewsOf;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * What an event says to people, with what the catalogue knows of its services, and what changed
 * before. No state.
 */
public final class NewsOfEventFunction extends RichMapFunction<IncidentEvent, IncidentNews> {
    private static final long serialVersionUID = 1L;

    private final ControlSettings control;

    private transient ControlBook book;

    public NewsOfEventFunction(ControlSettings control) {
        this.control = control;
    }

    @Override
    public void open(OpenContext context) {
        book = RoutingRules.book(control);
    }

    @Override
    public IncidentNews map(IncidentEvent event) {
        return NewsOf.event(event, book);
    }
}
