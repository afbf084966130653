// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import io.incidentcommander.model.ingest.Severity;
import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** What has to be known of things that wait, and their binary form in state and outside. */
public interface Waiting<T> extends SimpleVersionedSerializer<T>, Serializable {
    /** Whose order it belongs to, as a part of a path; empty if it goes in no order. */
    String lane(T thing);

    /** In the lane: lower ones first. Not negative. */
    long place(T thing);

    /** No other in this lane and place has it. Without dashes. */
    String id(T thing);

    /** The worst go first. */
    Severity severity(T thing);

    /** What it counts for, in bytes. */
    long bytes(T thing);

    /** Whether a later place of a lane makes an earlier one needless. */
    default boolean isNewestEnough() {
        return false;
    }
}
