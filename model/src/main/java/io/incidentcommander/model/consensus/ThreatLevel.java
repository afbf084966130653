// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/** How much of the voting power is suspect. Ordinals are stored: append only. */
public enum ThreatLevel {
    LOW(Protocol.WEIGHTED),
    MEDIUM(Protocol.STRICT),
    HIGH(Protocol.TWO_ROUNDS),
    CRITICAL(Protocol.HUMAN_ONLY);

    private final Protocol protocol;

    ThreatLevel(Protocol protocol) {
        this.protocol = protocol;
    }

    public Protocol protocol() {
        return protocol;
    }
}
