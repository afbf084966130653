// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus.reputation;

/** Whether a vote was right, by what was verified afterwards. The order is that of the wire. */
public enum OutcomeVerdict {
    RIGHT,
    WRONG
}
