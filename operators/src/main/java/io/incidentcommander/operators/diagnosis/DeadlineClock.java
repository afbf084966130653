// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import java.io.Serializable;

/**
 * By which waiting for a model is bounded: epoch milliseconds of the machine. It says how long an
 * effect may take, never what is decided. Given to the operators from outside.
 */
@FunctionalInterface
public interface DeadlineClock extends Serializable {
    long millis();
}
