// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import io.incidentcommander.model.communication.Contact;
import java.util.List;

/** Who stands behind a name that routes use, and who is called if they do not answer. Immutable. */
public final class Receiver {
    private final String name;
    private final List<Contact> contacts;
    private final List<Level> levels;

    public Receiver(String name, List<Contact> contacts, List<Level> levels) {
        this.name = name;
        this.contacts = List.copyOf(contacts);
        this.levels = List.copyOf(levels);
    }

    public String name() {
        return name;
    }

    public List<Contact> contacts() {
        return contacts;
    }

    /** Who else is told, unless somebody acknowledged. */
    public List<Level> levels() {
        return levels;
    }

    @Override
    public String toString() {
        return name + contacts + levels;
    }

    /** A step of escalation. Immutable. */
    public static final class Level {
        private final long afterMillis;
        private final String receiver;

        /**
         * @param afterMillis since the receiver it belongs to was told, event time
         */
        public Level(long afterMillis, String receiver) {
            this.afterMillis = afterMillis;
            this.receiver = receiver;
        }

        public long afterMillis() {
            return afterMillis;
        }

        public String receiver() {
            return receiver;
        }

        @Override
        public String toString() {
            return "after " + afterMillis + " ms to " + receiver;
        }
    }
}
