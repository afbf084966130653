// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Carries things to one stream or store. Retries nothing that takes long. */
public interface Courier<T> extends AutoCloseable {
    /**
     * Does not block, and is done within some minutes, whatever happens.
     *
     * @param batch in the order in which they are to arrive; at most one of each lane
     * @return what became of each, in their order, or a failure of all of them
     */
    CompletableFuture<List<Receipt>> send(List<T> batch);

    /** What a failure of a whole batch means for each. */
    Receipt receiptOf(Throwable failure);

    /** Things of one batch. */
    int mostThings();

    /** Bytes of one batch, unless a single thing has more. */
    long mostBytes();

    /** Batches under way at once. */
    int mostUnderWay();

    /** Opened by each writer, which closes it. */
    @FunctionalInterface
    interface Provider<T> extends Serializable {
        Courier<T> open();
    }
}
