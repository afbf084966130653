// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.Action;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All playbooks there are. Immutable. */
public final class Playbooks implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Playbook> playbooks;

    Playbooks(Collection<Playbook> playbooks) {
        this.playbooks = new ArrayList<>(playbooks);
    }

    /** Of the action's runbook in its version. */
    public Optional<Playbook> of(Action action) {
        return playbooks.stream().filter(playbook -> playbook.is(action)).findFirst();
    }

    public List<Playbook> all() {
        return List.copyOf(playbooks);
    }
}
