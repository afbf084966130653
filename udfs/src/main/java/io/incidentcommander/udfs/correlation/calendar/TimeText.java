// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in reasons: ISO 8601, UTC, to the second. */
public final class TimeText {
    private TimeText() {}

    public static String of(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
