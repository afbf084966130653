// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.model.diagnosis.ModelPrompt;

/** A prompt, and what its labels stand for: the labels stay here. Immutable once built. */
public final class PreparedPrompt {
    private final ModelPrompt prompt;
    private final Labels labels;

    PreparedPrompt(ModelPrompt prompt, Labels labels) {
        this.prompt = prompt;
        this.labels = labels;
    }

    public ModelPrompt prompt() {
        return prompt;
    }

    public Labels labels() {
        return labels;
    }
}
