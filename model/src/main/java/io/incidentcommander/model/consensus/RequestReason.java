// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/** Why agents are asked, first or again. Ordinals are stored: append only. */
public enum RequestReason {
    /** The first round. */
    OPENED,
    /** No action had more than two thirds. */
    NO_MAJORITY,
    /** One had, but with too little confidence. */
    LOW_CONFIDENCE,
    /** One had, but with too few trusted supporters. */
    FEW_TRUSTED,
    /** One was chosen and has to be chosen again. */
    CONFIRMATION
}
