// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;

/** Makes the client of one writer, which closes it. */
@FunctionalInterface
public interface ChannelClientProvider extends Serializable {
    ChannelClient create();

    /** Nobody is told: no client is made. For dry runs and replays. */
    static ChannelClientProvider nobody() {
        return () ->
                (message, handle, attempt) ->
                        CompletableFuture.completedFuture(SendOutcome.sent(""));
    }
}
