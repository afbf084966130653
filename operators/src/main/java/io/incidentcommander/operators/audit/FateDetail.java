// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

/** For which alerts a row says what became of them. */
public enum FateDetail {
    /** Every one: finite runs. */
    EVERY_ALERT,
    /** All but repeats, of which one a fingerprint and minute stands for the rest: live. */
    ALL_BUT_REPEATS
}
