// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

/** Who answers where a run asks a model. */
public enum ModelServer {
    /** Rules on this machine that answer in the shape of a model, and say so. */
    STUB,
    /** Amazon Bedrock, with the credentials of the environment. */
    BEDROCK
}
