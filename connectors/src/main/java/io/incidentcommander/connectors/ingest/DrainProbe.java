// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.Serializable;
import java.util.Collection;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Asks the outside world whether a reader has emitted all there is. An empty poll alone does not
 * show it: a reader finds nothing for a moment between two fetches of a backlog, too, and for as
 * long as the world cannot be reached.
 *
 * <p>Used by one thread, never the task's, but for {@link #cancel()}.
 */
public interface DrainProbe<SplitT extends SourceSplit> extends AutoCloseable {
    /**
     * True only if every record that could be read when the call began has been emitted. May block;
     * true for no splits.
     *
     * @param progress is live: it may advance during the call
     * @throws Exception if it cannot be known
     */
    boolean isDrained(Collection<SplitProgress<SplitT>> progress) throws Exception;

    /** Ends a call that is under way, from any thread. */
    void cancel();

    @Override
    void close();

    /** Makes the probe of one reader, on the probe's thread. */
    @FunctionalInterface
    interface Factory<SplitT extends SourceSplit> extends Serializable {
        DrainProbe<SplitT> create(int subtask);
    }
}
