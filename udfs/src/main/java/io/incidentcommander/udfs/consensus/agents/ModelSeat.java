// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.agents;

import io.incidentcommander.model.consensus.AgentRole;
import java.io.Serializable;
import java.util.Objects;

/**
 * In whose name models vote: an agent of the role of diagnosis, and what it fails together with,
 * the vendor line of its models. Immutable.
 */
public final class ModelSeat implements Serializable {
    public static final AgentRole ROLE = AgentRole.DIAGNOSIS;

    /** Of the agent that is always there; what its models say is the diagnosis as well. */
    public static final ModelSeat FIRST = new ModelSeat("model", "model");

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String family;

    public ModelSeat(String name, String family) {
        this.name = Objects.requireNonNull(name, "name");
        this.family = Objects.requireNonNull(family, "family");
    }

    public String name() {
        return name;
    }

    public String family() {
        return family;
    }

    /** Id of the agent: role and name. */
    public String agent() {
        return ROLE.word() + "/" + name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelSeat
                && ((ModelSeat) other).name.equals(name)
                && ((ModelSeat) other).family.equals(family);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, family);
    }

    @Override
    public String toString() {
        return agent() + " of " + family;
    }
}
