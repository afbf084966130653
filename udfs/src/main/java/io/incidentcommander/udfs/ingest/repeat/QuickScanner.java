// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.udfs.ingest.VolatileFields;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Guesses where the volatile values of a record stand, from the ends of their paths: it looks at
 * colons behind quotes and knows nothing of nesting. What it finds are candidates; which of them
 * count is as it was in the last record of the format with as many candidates that was scanned
 * properly. A wrong guess is harmless, see {@link RepeatRecogniser}: the record is like no template
 * then, and is scanned properly.
 *
 * <p>Allocates nothing after its construction. Not thread safe.
 */
final class QuickScanner {
    private static final int MAX_CANDIDATES = 64;
    private static final int GIVEN_UP = 32;
    private static final int TRY_AGAIN = 1024;
    private static final long COLONS = Words.repeat(':');

    // What stands behind a key.
    private static final int VALUE = 0;
    private static final int VALUES = 1;
    private static final int EMBEDDED_VALUE = 2;

    private final KeyTable keys = new KeyTable();
    private final long[] chosen = new long[MAX_CANDIDATES + 1]; // by the number of candidates
    private final long[] times = new long[MAX_CANDIDATES + 1];
    private final boolean[] known = new boolean[MAX_CANDIDATES + 1];
    private final int[] ends = new int[2 * MAX_CANDIDATES];
    private int count;
    private int failures;

    QuickScanner(VolatileFields fields) {
        fields.timePaths().forEach(this::add);
        fields.paths().forEach(this::add);
    }

    /** Fills the spans with its guess; says whether it has one. */
    boolean scan(byte[] b, Spans spans) {
        if (keys.isEmpty() || (failures >= GIVEN_UP && failures++ % TRY_AGAIN != 0)) {
            return false;
        }
        if (!find(b) || !known[count]) {
            return false;
        }
        spans.clear();
        for (int i = 0; i < count; i++) {
            if ((chosen[count] >>> i & 1) != 0) {
                spans.add(ends[2 * i], ends[2 * i + 1], (times[count] >>> i & 1) != 0);
            }
        }
        return true;
    }

    /** The guess was right. */
    void succeeded() {
        failures = 0;
    }

    /** There was no guess, or it was not right: these are the spans. */
    void learn(byte[] b, Spans spans) {
        failures++;
        if (!find(b)) {
            return;
        }
        long choice = 0;
        long timeChoice = 0;
        int span = 0;
        int time = 0;
        for (int i = 0; i < count && span < spans.count(); i++) {
            if (ends[2 * i] == spans.from(span) && ends[2 * i + 1] == spans.to(span)) {
                choice |= 1L << i;
                if (time < spans.timeCount() && spans.ofTime(time) == span) {
                    timeChoice |= 1L << i;
                    time++;
                }
                span++;
            }
        }
        if (span == spans.count()) {
            known[count] = true;
            chosen[count] = choice;
            times[count] = timeChoice;
        }
    }

    private void add(String path) {
        List<String> steps = List.of(path.split("/", -1));
        String last = steps.get(steps.size() - 1);
        if (last.equals(VolatileFields.ANY)) {
            add('"' + steps.get(steps.size() - 2) + '"', VALUES);
        } else if (steps.contains(VolatileFields.EMBEDDED)) {
            add("\\\"" + last + "\\\"", EMBEDDED_VALUE);
        } else {
            add('"' + last + '"', VALUE);
        }
    }

    private void add(String key, int behind) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (keys.of(bytes) == KeyTable.NONE) {
            keys.add(bytes, behind);
        }
    }

    /** Whether there was room for all candidates. */
    private boolean find(byte[] b) {
        count = 0;
        int i = 0;
        while (i < b.length) {
            int colon = nextColon(b, i);
            if (colon == b.length) {
                return true;
            }
            i = colon + 1;
            if (colon == 0 || b[colon - 1] != '"') {
                continue;
            }
            int behind = keys.endingAt(b, colon);
            if (behind == KeyTable.NONE) {
                continue;
            }
            int value = afterSpaces(b, i);
            if (behind == VALUES) {
                i = values(b, value);
            } else {
                i = behind == VALUE ? value(b, value) : embeddedValue(b, value);
            }
            if (i < 0) {
                return false;
            }
        }
        return true;
    }

    private static int nextColon(byte[] b, int from) {
        int i = from;
        while (i + Words.BYTES <= b.length) {
            long x = Words.at(b, i) ^ COLONS;
            long found = ~(((x & Words.LOWS) + Words.LOWS) | x) & Words.TOPS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += Words.BYTES;
        }
        while (i < b.length && b[i] != ':') {
            i++;
        }
        return i;
    }

    /** Where to go on; -1 if there is no more room. A value that is no simple scalar is passed. */
    private int value(byte[] b, int at) {
        if (at == b.length) {
            return at;
        }
        boolean quoted = b[at] == '"';
        int from = quoted ? at + 1 : at;
        int to = quoted ? ScalarValues.stringEnd(b, from) : ScalarValues.numberEnd(b, from);
        return to == ScalarValues.NONE ? at : candidate(from, to);
    }

    private int embeddedValue(byte[] b, int at) {
        if (at + 1 >= b.length || b[at] != '\\' || b[at + 1] != '"') {
            return at;
        }
        int to = ScalarValues.plainEnd(b, at + 2, b.length);
        boolean ends = to + 1 < b.length && b[to] == '\\' && b[to + 1] == '"';
        return ends ? candidate(at + 2, to) : at;
    }

    /** The values of an object as far as they are scalars. */
    private int values(byte[] b, int at) {
        if (at == b.length || b[at] != '{') {
            return at;
        }
        int i = at;
        do {
            int key = afterSpaces(b, i + 1);
            if (key == b.length || b[key] != '"') {
                return key;
            }
            int keyEnd = ScalarValues.stringEnd(b, key + 1);
            int colon = keyEnd == ScalarValues.NONE ? b.length : afterSpaces(b, keyEnd + 1);
            if (colon == b.length || b[colon] != ':') {
                return key;
            }
            int value = afterSpaces(b, colon + 1);
            int end = value(b, value);
            if (end < 0 || end == value) {
                return end;
            }
            boolean quoted = b[value] == '"';
            i = afterSpaces(b, quoted ? end + 1 : end);
        } while (i < b.length && b[i] == ',');
        return i;
    }

    private int candidate(int from, int to) {
        if (count == MAX_CANDIDATES) {
            return -1;
        }
        ends[2 * count] = from;
        ends[2 * count + 1] = to;
        count++;
        return to;
    }

    private static int afterSpaces(byte[] b, int from) {
        int i = from;
        while (i < b.length && ScalarValues.isSpace(b[i])) {
            i++;
        }
        return i;
    }
}
