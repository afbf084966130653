// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A place outside that holds what does not fit into state. Keys are text with slashes. Answers come
 * on threads of the store; a failure is the future's.
 */
public interface SpillStore extends AutoCloseable {
    /** Done when the content is safe; one that is there under this key is replaced. */
    CompletableFuture<Void> put(String key, byte[] content);

    /**
     * Keys in their order as text.
     *
     * @param prefix ends with a slash
     * @param most at least one
     */
    CompletableFuture<List<String>> list(String prefix, int most);

    /** All keys. */
    CompletableFuture<List<String>> listAll(String prefix);

    CompletableFuture<byte[]> get(String key);

    /** Done too if there is none. */
    CompletableFuture<Void> delete(String key);

    @Override
    void close();
}
