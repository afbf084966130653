// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.Timestamps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * From which of the times of a delivery each of its alerts takes its own. Where several stand it
 * cannot be read off one delivery, since they may be equal; so the decoder is asked: it is given
 * the delivery with another time in each place, all different, and what it makes of them tells.
 */
final class TimeOrigins {
    /** No alert's time could be traced: a record like this is to be decoded each time. */
    static final int[] UNKNOWN = {};

    private static final long FIRST_SECONDS = 978_393_600L; // 2001-01-02
    private static final long STEP_SECONDS = 86_400L;

    private TimeOrigins() {}

    /** Ordinals of the times by index of the alert, or {@link #UNKNOWN}. */
    static int[] of(Template<?> template, RawRecord like, FullDecoding decoding) {
        RawRecord probe =
                RawRecord.of(
                        like.source(),
                        like.partition(),
                        like.offset(),
                        like.arrivalMillis(),
                        probe(template));
        DecodeOutcome outcome = decoding.decode(probe);
        long[] learnt = template.alertTimes();
        List<Alert> alerts = outcome.alerts();
        if (alerts.size() != learnt.length || !outcome.rejectedParts().isEmpty()) {
            return UNKNOWN;
        }
        int[] origins = new int[learnt.length];
        for (int i = 0; i < origins.length; i++) {
            int origin = ordinal(alerts.get(i).eventTimeMillis(), template.times().length);
            if (origin < 0
                    || template.times()[origin] != learnt[i]
                    || Timestamps.isOpenEnd(learnt[i])) {
                return UNKNOWN;
            }
            origins[i] = origin;
        }
        return origins;
    }

    /** The template's bytes with a time of its own in the place of each that is no open end. */
    private static byte[] probe(Template<?> template) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] b = template.bytes();
        int from = 0;
        for (int i = 0; i < template.times().length; i++) {
            if (Timestamps.isOpenEnd(template.times()[i])) {
                continue;
            }
            int span = template.timeSpans()[i];
            int begin = template.spanFrom(span);
            out.write(b, from, begin - from);
            boolean quoted = b[begin - 1] == '"';
            long seconds = seconds(i);
            String text =
                    quoted ? Instant.ofEpochSecond(seconds).toString() : Long.toString(seconds);
            byte[] time = text.getBytes(StandardCharsets.US_ASCII);
            out.write(time, 0, time.length);
            from = template.spanTo(span);
        }
        out.write(b, from, b.length - from);
        return out.toByteArray();
    }

    private static long seconds(int ordinal) {
        return FIRST_SECONDS + ordinal * STEP_SECONDS;
    }

    private static int ordinal(long millis, int times) {
        for (int i = 0; i < times; i++) {
            if (seconds(i) * 1000 == millis) {
                return i;
            }
        }
        return -1;
    }
}
