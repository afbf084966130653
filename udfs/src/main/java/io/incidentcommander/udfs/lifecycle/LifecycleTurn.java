// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.resolution.ActionOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one thing that happened made of an incident's file. Immutable. */
public final class LifecycleTurn {
    private final LifecycleFile file;
    private final List<IncidentEvent> events;
    private final List<ActionOrder> orders;
    private final Optional<Question> question;
    private final Optional<LifecycleRefusal> refusal;

    LifecycleTurn(
            LifecycleFile file,
            List<IncidentEvent> events,
            List<ActionOrder> orders,
            Optional<LifecycleRefusal> refusal) {
        this(file, events, orders, Optional.empty(), refusal);
    }

    private LifecycleTurn(
            LifecycleFile file,
            List<IncidentEvent> events,
            List<ActionOrder> orders,
            Optional<Question> question,
            Optional<LifecycleRefusal> refusal) {
        this.file = file;
        this.events = List.copyOf(events);
        this.orders = List.copyOf(orders);
        this.question = question;
        this.refusal = refusal;
    }

    /** This turn, and another one after it. */
    LifecycleTurn then(LifecycleTurn next) {
        List<IncidentEvent> allEvents = new ArrayList<>(events);
        allEvents.addAll(next.events);
        List<ActionOrder> allOrders = new ArrayList<>(orders);
        allOrders.addAll(next.orders);
        return new LifecycleTurn(
                next.file,
                allEvents,
                allOrders,
                next.question.isPresent() ? next.question : question,
                refusal.isPresent() ? refusal : next.refusal);
    }

    LifecycleTurn with(LifecycleFile next) {
        return new LifecycleTurn(next, events, orders, question, refusal);
    }

    LifecycleTurn asking(Question again, LifecycleFile next) {
        return new LifecycleTurn(next, events, orders, Optional.of(again), refusal);
    }

    /** To be kept; its course's deadline is the one timer that is needed. */
    public LifecycleFile file() {
        return file;
    }

    /** In order, each on the head of the one before. */
    public List<IncidentEvent> events() {
        return events;
    }

    public List<ActionOrder> orders() {
        return orders;
    }

    /** To be put to the agents, since no decision that is there or under way is about this. */
    public Optional<Question> question() {
        return question;
    }

    /** Why what happened changed nothing; empty if it counted or is kept for later. */
    public Optional<LifecycleRefusal> refusal() {
        return refusal;
    }
}
