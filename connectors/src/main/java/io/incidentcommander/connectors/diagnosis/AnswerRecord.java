// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** Answers by the hash of what was asked. Prompts hold nothing that may not be kept. */
public interface AnswerRecord extends Serializable {
    Optional<ModelAnswer> find(ModelPrompt prompt) throws IOException;

    /** The first answer to a prompt stays. */
    void keep(ModelPrompt prompt, ModelAnswer answer) throws IOException;

    /** Keeps nothing. */
    static AnswerRecord none() {
        return new AnswerRecord() {
            private static final long serialVersionUID = 1L;

            @Override
            public Optional<ModelAnswer> find(ModelPrompt prompt) {
                return Optional.empty();
            }

            @Override
            public void keep(ModelPrompt prompt, ModelAnswer answer) {}
        };
    }
}
