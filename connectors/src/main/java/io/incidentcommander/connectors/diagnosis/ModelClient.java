// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.model.diagnosis.ModelAnswer;
import io.incidentcommander.model.diagnosis.ModelPrompt;
import java.util.concurrent.CompletableFuture;

/** Asks a model once: no retries, no limits. Thread safe; whoever made it closes it. */
public interface ModelClient extends AutoCloseable {
    CompletableFuture<ModelAnswer> ask(ModelSpec model, ModelPrompt prompt);

    @Override
    void close();
}
