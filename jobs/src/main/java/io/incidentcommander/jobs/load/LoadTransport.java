// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import java.util.Locale;

/** The road that the records of a load run take into the topology. */
public enum LoadTransport {
    /** Straight in: no broker in between. */
    GENERATOR,
    /** Through an embedded broker. */
    KAFKA,
    /** Through an embedded Kinesis, which needs Node. */
    KINESIS;

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
