// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/** The records of one partition of a storm. Not thread safe. */
public interface RecordStream {
    /**
     * Record {@code sequence} of this partition, in any order and as often as wanted: the same
     * bytes each time, but for the event time.
     *
     * @param eventTimeMillis epoch milliseconds, in the years 2001 to 2286
     * @return a fresh array, never changed afterwards
     */
    byte[] render(long sequence, long eventTimeMillis);
}
