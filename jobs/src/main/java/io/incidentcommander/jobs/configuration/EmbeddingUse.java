// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** By whom texts are made vectors. */
public enum EmbeddingUse {
    /** Hashed n-grams: no model, the same on every machine. */
    LOCAL,
    /** Amazon Titan by Bedrock. */
    TITAN
}
