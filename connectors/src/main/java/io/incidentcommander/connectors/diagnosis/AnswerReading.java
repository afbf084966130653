// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.UnusableAnswerException;

/**
 * Makes something of an answer, on whatever thread it came.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
public interface AnswerReading<T> {
    /**
     * @throws UnusableAnswerException if the next model should be asked
     */
    T read(ModelAnswer answer) throws UnusableAnswerException;
}
