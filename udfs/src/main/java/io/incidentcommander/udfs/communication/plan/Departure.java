// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.PendingNotice;
import java.util.List;
import java.util.Optional;

/** What leaves as one message: news of an incident, or a digest of several. Immutable. */
public final class Departure {
    private final List<Item> items;

    Departure(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** What would be written of it if it left now, and nothing had before. */
    public static Departure alone(Notice notice, long now) {
        return new Departure(
                List.of(
                        new Item(
                                new PendingNotice(notice, List.of(), now, now), Optional.empty())));
    }

    /** At least one; the most severe first. */
    public List<Item> items() {
        return items;
    }

    public Contact contact() {
        return items.get(0).pending.notice().contact();
    }

    /** One incident of a departure. Immutable. */
    public static final class Item {
        private final PendingNotice pending;
        private final Optional<IncidentBrief> before;

        Item(PendingNotice pending, Optional<IncidentBrief> before) {
            this.pending = pending;
            this.before = before;
        }

        public Contact contact() {
            return pending.notice().contact();
        }

        public IncidentBrief brief() {
            return pending.notice().brief();
        }

        /** All that happened since the last message, the oldest first. */
        public List<String> news() {
            return pending.news();
        }

        /** What the contact was told last; empty: nothing. */
        public Optional<IncidentBrief> before() {
            return before;
        }
    }
}
