// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.model.diagnosis.ModelPrompt;

/** A prompt that the stub understands, and two models that it stands for. */
final class Prompts {
    static final ModelSpec LARGE =
            new ModelSpec("vendor.large-v1:0", "vendor", RateLimit.LARGE_MODEL, 3_000, 15_000);
    static final ModelSpec SMALL =
            new ModelSpec("vendor.small-v1:0", "vendor", RateLimit.SMALL_MODEL, 250, 1_250);

    private Prompts() {}

    static ModelPrompt prompt(String about) {
        return new ModelPrompt(
                "test-v1",
                "Find the cause of " + about,
                "type | database_failure\nA1 | service="
                        + about
                        + " | Errors\nR1 | restart@1 on "
                        + about
                        + "\n",
                "diagnose",
                "{\"type\":\"object\",\"properties\":{\"confidence\":{\"type\":\"number\","
                        + "\"minimum\":0,\"exclusive\":false}},\"required\":[\"confidence\"]}",
                500);
    }
}
