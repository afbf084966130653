// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** Whether the world is touched. */
public enum EffectMode {
    LIVE,
    /** All but the calls: no client is made. */
    DRY_RUN,
    /** As it went when it was live, from a record: no client is made. */
    REPLAY
}
