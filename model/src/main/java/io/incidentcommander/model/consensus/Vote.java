// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

/** What counts of a vote. */
public interface Vote {
    String agent();

    ActionId action();

    /** Whatever the agent said: NaN and values outside [0,1] occur. */
    double confidence();
}
