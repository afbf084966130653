// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.ToldReceivers;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.routing.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who hears of an incident. Routes choose receivers by the labels tenant, service, severity (lower
 * case) of each affected service, and what is known of it besides; whoever was told once hears the
 * rest, also when the routes lead elsewhere by then. Unless somebody acknowledged in time, or it
 * ended, each receiver's levels bring in others, who have levels too; nobody is brought in twice.
 * Time is event time in epoch milliseconds. Immutable.
 */
public final class NoticeRouter {
    private final ReceiverBook receivers;
    private final Routes routes;

    /** Which routes somebody hears of an incident by. */
    @FunctionalInterface
    public interface Routes {
        /**
         * As {@link io.incidentcommander.udfs.correlation.control.TenantRules#routes(LabelSet)}.
         *
         * @param millis event time, at which they hold
         */
        List<Route> of(LabelSet labels, long millis);
    }

    public NoticeRouter(ReceiverBook receivers, Routes routes) {
        this.receivers = receivers;
        this.routes = routes;
    }

    /** Something happened. Empty if it is known, or something later is. */
    public Optional<Step> heard(Optional<ToldReceivers> before, IncidentBrief brief, long now) {
        if (before.map(b -> b.brief().sequence() >= brief.sequence()).orElse(false)) {
            return Optional.empty();
        }
        Map<String, Long> since = new TreeMap<>();
        boolean again = before.map(b -> hasEnded(b.brief())).orElse(false) && !hasEnded(brief);
        before.ifPresent(b -> b.since().forEach((r, at) -> since.put(r, again ? now : at)));
        routed(brief, now).forEach(receiver -> since.putIfAbsent(receiver, now));
        return Optional.of(step(new ToldReceivers(brief, since), since.keySet()));
    }

    /** A time came. */
    public Step due(ToldReceivers before, long now) {
        Map<String, Long> since = new TreeMap<>(before.since());
        Set<String> added = new LinkedHashSet<>();
        if (isCalling(before.brief())) {
            before.since()
                    .forEach(
                            (name, at) -> {
                                for (Receiver.Level level : levels(name)) {
                                    if (at + level.afterMillis() <= now
                                            && since.putIfAbsent(level.receiver(), now) == null) {
                                        added.add(level.receiver());
                                    }
                                }
                            });
        }
        return step(new ToldReceivers(before.brief(), since), added);
    }

    private Step step(ToldReceivers told, Set<String> tell) {
        Set<Contact> contacts = new LinkedHashSet<>();
        for (String name : tell) {
            receivers.receiver(name).ifPresent(r -> contacts.addAll(r.contacts()));
        }
        List<Notice> notices = new ArrayList<>();
        contacts.forEach(contact -> notices.add(new Notice(contact, told.brief())));
        return new Step(told, notices, nextDue(told));
    }

    private Optional<Long> nextDue(ToldReceivers told) {
        if (!isCalling(told.brief())) {
            return Optional.empty();
        }
        return told.since().entrySet().stream()
                .flatMap(
                        r ->
                                levels(r.getKey()).stream()
                                        .filter(l -> !told.since().containsKey(l.receiver()))
                                        .map(l -> r.getValue() + l.afterMillis()))
                .min(Long::compare);
    }

    private List<Receiver.Level> levels(String name) {
        return receivers.receiver(name).map(Receiver::levels).orElse(List.of());
    }

    private Set<String> routed(IncidentBrief brief, long now) {
        Set<String> names = new LinkedHashSet<>();
        List<String> services = brief.services().isEmpty() ? List.of("") : brief.services();
        for (String service : services) {
            for (Route route : routes.of(labels(brief, service), now)) {
                if (!route.receiver().isEmpty()) {
                    names.add(route.receiver());
                }
            }
        }
        return names;
    }

    private static LabelSet labels(IncidentBrief brief, String service) {
        return name -> {
            switch (name) {
                case "tenant":
                    return brief.tenant();
                case "service":
                    return service;
                case "severity":
                    return brief.severity().name().toLowerCase(Locale.ROOT);
                default:
                    return "";
            }
        };
    }

    private static boolean isCalling(IncidentBrief brief) {
        return !hasEnded(brief) && brief.acknowledgedBy().isEmpty();
    }

    private static boolean hasEnded(IncidentBrief brief) {
        return brief.state() == IncidentState.RESOLVED;
    }

    /** Who knows, who is to be told, and when to ask again. Immutable. */
    public static final class Step {
        private final ToldReceivers told;
        private final List<Notice> notices;
        private final Optional<Long> nextDue;

        Step(ToldReceivers told, List<Notice> notices, Optional<Long> nextDue) {
            this.told = told;
            this.notices = List.copyOf(notices);
            this.nextDue = nextDue;
        }

        public ToldReceivers told() {
            return told;
        }

        public List<Notice> notices() {
            return notices;
        }

        /** Event time; empty if nobody else is brought in. */
        public Optional<Long> nextDue() {
            return nextDue;
        }
    }
}
