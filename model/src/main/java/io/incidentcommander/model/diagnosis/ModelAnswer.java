// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.util.Objects;

/** What a model answered, as it came: nothing in it is trusted. Immutable. */
public final class ModelAnswer {
    private final String model;
    private final String toolInput;
    private final Spend spend;

    /**
     * @param model that answered
     * @param toolInput JSON; empty if the model did not use the tool
     */
    public ModelAnswer(String model, String toolInput, Spend spend) {
        this.model = Objects.requireNonNull(model, "model");
        this.toolInput = Objects.requireNonNull(toolInput, "toolInput");
        this.spend = Objects.requireNonNull(spend, "spend");
    }

    public String model() {
        return model;
    }

    /** JSON; empty if the model did not use the tool. */
    public String toolInput() {
        return toolInput;
    }

    public Spend spend() {
        return spend;
    }

    @Override
    public String toString() {
        return model + ", " + spend;
    }
}
