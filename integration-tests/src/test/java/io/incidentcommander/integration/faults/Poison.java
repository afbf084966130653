// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Records that nobody can use, and that try to take the job with them. */
final class Poison {
    /** Above every offset of a storm. */
    static final long FIRST_OFFSET = 1_000_000;

    private static final int MOST_BYTES = 256 * 1024;

    private Poison() {}

    /** One of each kind, in this partition, arriving then. */
    static List<RawRecord> records(String source, String partition, long arrivalMillis) {
        List<RawRecord> records = new ArrayList<>();
        for (byte[] bytes : bodies()) {
            long offset = FIRST_OFFSET + records.size();
            records.add(RawRecord.of(source, partition, offset, arrivalMillis, bytes));
        }
        records.add(
                RawRecord.truncated(
                        source,
                        partition,
                        FIRST_OFFSET + records.size(),
                        arrivalMillis,
                        300 << 20,
                        text("{\"name\":\"" + "x".repeat(4000))));
        records.add(
                RawRecord.unreadable(
                        source, partition, FIRST_OFFSET + records.size(), "the gzip stream ends"));
        return records;
    }

    private static List<byte[]> bodies() {
        byte[] whole =
                text("{\"name\":\"DiskFull\",\"service\":\"orders\",\"severity\":\"critical\"}");
        byte[] invalid = whole.clone();
        invalid[12] = (byte) 0xff;
        return List.of(
                new byte[0],
                new byte[4096],
                invalid,
                Arrays.copyOf(whole, whole.length / 2),
                text("[".repeat(100_000)),
                text("{\"a\":".repeat(40_000)),
                text(
                        "{\"name\":\"n\",\"severity\":\"high\",\"value\":"
                                + "9".repeat(200_000)
                                + "}"),
                text("{\"name\":\"n\",\"severity\":\"high\",\"severity\":\"low\"}"),
                text("{\"name\":\"n\",\"severity\":\"galactic\"}"),
                text("{\"name\":\"n\",\"severity\":\"high\",\"time\":\"9999-99-99T99:99:99Z\"}"),
                text("\"" + "y".repeat(MOST_BYTES) + "\""),
                text("<html><body>502 Bad Gateway</body></html>"));
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }
}
