// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import org.apache.flink.api.connector.source.SourceEvent;

/** Tells a reader that it has been given every split known so far that is to be its own. */
final class SplitsSettled implements SourceEvent {
    private static final long serialVersionUID = 1L;
}
