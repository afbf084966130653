// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.logs;

import java.util.OptionalLong;

/** When a line of a log was written. */
@FunctionalInterface
public interface LineTimes {
    /**
     * Epoch milliseconds; empty of a line that does not say.
     *
     * @param line without its end
     */
    OptionalLong of(byte[] line);
}
