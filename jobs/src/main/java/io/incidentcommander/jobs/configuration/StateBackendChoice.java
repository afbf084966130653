// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** Where keyed state lives. */
public enum StateBackendChoice {
    /** On local disk, incremental checkpoints: state may outgrow memory. */
    ROCKSDB,
    /** On the heap: faster, and bounded by it. */
    HASHMAP
}
