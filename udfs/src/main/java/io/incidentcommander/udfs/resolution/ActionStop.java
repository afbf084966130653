// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.Objects;

/** That nothing further is done, for one tenant or for all: under which id, by whom. Immutable. */
public final class ActionStop {
    /** The scope of all tenants. */
    public static final String ALL = "*";

    private final String scope;
    private final String id;
    private final String person;
    private final String note;

    /**
     * @param scope a tenant, or {@link #ALL}
     */
    public ActionStop(String scope, String id, String person, String note) {
        this.scope = Objects.requireNonNull(scope, "scope");
        this.id = Objects.requireNonNull(id, "id");
        this.person = Objects.requireNonNull(person, "person");
        this.note = Objects.requireNonNull(note, "note");
    }

    public static ActionStop of(ActionCommand command) {
        return new ActionStop(
                command.update().tenant(), command.update().id(), command.person(), command.note());
    }

    public String scope() {
        return scope;
    }

    public String id() {
        return id;
    }

    public String person() {
        return person;
    }

    public String note() {
        return note;
    }

    @Override
    public String toString() {
        String whose = id.isEmpty() ? person : id + " by " + person;
        return "the emergency stop is on ("
                + whose
                + (scope.equals(ALL) ? "" : ", for " + scope)
                + ")"
                + (note.isEmpty() ? "" : ": " + note);
    }
}
