// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.ingest.AlertId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an alert stands in the input, as one number in input order: the place of its file among
 * those given (15 bits), the offset of its record (31 bits), whether the job raised it about
 * something in the record (1 bit), its index in the record (16 bits).
 */
final class InputOrder {
    static final int MAX_FILES = 1 << 15;
    private static final int OFFSET_BITS = 31;
    private static final int RAISED_BITS = 1;
    private static final int INDEX_BITS = 16;

    private final List<String> files;
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * @param files source ids, which are the paths, in the order given
     */
    InputOrder(List<String> files) {
        if (files.size() > MAX_FILES) {
            throw new IllegalArgumentException("More files than " + MAX_FILES);
        }
        this.files = List.copyOf(files);
        for (String file : files) {
            numbers.put(file, numbers.size());
        }
    }

    long placeOf(AlertId id) {
        return id.isRaised() && numbers.containsKey(id.partition())
                ? placeOf(id.partition(), id.offset(), id.index()) | 1L << INDEX_BITS
                : placeOf(id.source(), id.offset(), id.index());
    }

    long placeOf(String source, long offset, int index) {
        Integer number = numbers.get(source);
        if (number == null || offset >>> OFFSET_BITS != 0 || index >>> INDEX_BITS != 0) {
            throw new IllegalArgumentException(
                    "No alert can be at " + source + ":" + offset + ":" + index);
        }
        long record = number.longValue() << OFFSET_BITS | offset;
        return record << (RAISED_BITS + INDEX_BITS) | index;
    }

    AlertId idAt(long place) {
        long record = place >>> (RAISED_BITS + INDEX_BITS);
        String file = files.get((int) (record >>> OFFSET_BITS));
        long offset = record & ((1L << OFFSET_BITS) - 1);
        AlertId id = new AlertId(file, file, offset, (int) (place & ((1 << INDEX_BITS) - 1)));
        return (place >>> INDEX_BITS & 1) == 1 ? id.raised() : id;
    }
}
