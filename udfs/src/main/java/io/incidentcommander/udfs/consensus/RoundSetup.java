// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Roster;
import java.util.Objects;

/** What a round opens with besides its candidates. Immutable. */
public final class RoundSetup {
    private final Roster roster;
    private final Protocol protocol;

    public RoundSetup(Roster roster, Protocol protocol) {
        this.roster = Objects.requireNonNull(roster, "roster");
        this.protocol = Objects.requireNonNull(protocol, "protocol");
    }

    public Roster roster() {
        return roster;
    }

    public Protocol protocol() {
        return protocol;
    }
}
