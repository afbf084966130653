// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.udfs.communication.template.MessageTemplates;
import java.util.List;
import java.util.Optional;

/** Messages as they leave after a planner planned them. */
public final class Departures {
    private static final long LATER = 1_000_000;

    private Departures() {}

    /** The last of these, each told before the next came. */
    public static OutboundMessage write(ChannelKind kind, IncidentBrief... briefs) {
        MapPlanBook book = new MapPlanBook();
        ChannelPlanner planner = new ChannelPlanner(ChannelRules.defaults());
        Contact contact = new Contact(kind, "ops", Optional.empty());
        long now = 0;
        List<Departure> leaving = List.of();
        for (IncidentBrief brief : briefs) {
            planner.accept(book, new Notice(contact, brief), now);
            now += LATER;
            leaving = planner.dispatch(book, now).departures();
        }
        return MessageTemplates.write(leaving.get(0), now);
    }

    /** Of several incidents, by mail. */
    public static OutboundMessage digest(IncidentBrief... briefs) {
        MapPlanBook book = new MapPlanBook();
        ChannelPlanner planner = new ChannelPlanner(ChannelRules.defaults());
        Contact contact = new Contact(ChannelKind.EMAIL, "ann@example.org", Optional.empty());
        for (IncidentBrief brief : briefs) {
            planner.accept(book, new Notice(contact, brief), 0);
        }
        return MessageTemplates.write(planner.dispatch(book, LATER).departures().get(0), LATER);
    }
}
