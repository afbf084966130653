// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import java.io.Serializable;

/**
 * By which a correlation pass is bounded: a running time in nanoseconds with any beginning. What a
 * slow machine leaves undone is the one thing that no input can say; in finite runs the clock
 * stands still, so that nothing but the input decides. The machine's is given to the operator from
 * outside.
 */
@FunctionalInterface
public interface PassClock extends Serializable {
    long nanos();

    /** Without bounds. */
    static PassClock standingStill() {
        return () -> 0;
    }
}
