// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

/** For which alerts a row says what became of them. */
public enum FateDetail {
    /** Every one: finite runs. */
    EVERY_ALERT,
    /** All but repeats, which the alert that stands for them explains: live. */
    ALL_BUT_REPEATS
}
