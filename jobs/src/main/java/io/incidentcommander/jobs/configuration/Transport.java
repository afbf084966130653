// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** How the records of a source arrive. */
public enum Transport {
    FILE,
    KAFKA,
    KINESIS,
    GENERATOR
}
