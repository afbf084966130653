// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.io.Serializable;
import java.util.Optional;

/** Tokens, keys and addresses that no message, state or topic may hold, by name. */
@FunctionalInterface
public interface ChannelSecrets extends Serializable {
    Optional<String> of(String name);
}
