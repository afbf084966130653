// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** Where built-in agents find their private keys: read where they run, never part of the job. */
@FunctionalInterface
public interface AgentSecrets extends Serializable {
    /** By agent id, 32 bytes each. */
    Map<String, byte[]> read() throws IOException;
}
