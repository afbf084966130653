// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.catalogue;

import io.incidentcommander.udfs.detection.PartialData.Vendor;
import java.util.Objects;

/** A source that a tenant expects to hear from, or its incidents are judged less surely. */
public final class SourceExpectation {
    private final String source;
    private final Vendor vendor;
    private final long withinMillis;

    /**
     * @param source id of the source
     * @param withinMillis the longest time without a record that can be read, in event time
     */
    public SourceExpectation(String source, Vendor vendor, long withinMillis) {
        this.source = Objects.requireNonNull(source, "source");
        this.vendor = Objects.requireNonNull(vendor, "vendor");
        this.withinMillis = withinMillis;
        if (withinMillis <= 0) {
            throw new IllegalArgumentException("a source is expected within a time above zero");
        }
    }

    public String source() {
        return source;
    }

    public Vendor vendor() {
        return vendor;
    }

    public long withinMillis() {
        return withinMillis;
    }

    @Override
    public String toString() {
        return source + " of " + vendor + " within " + withinMillis;
    }
}
