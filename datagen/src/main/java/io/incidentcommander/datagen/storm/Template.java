// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A message with holes of fixed width: what varies from delivery to delivery is written into a copy
 * of the bytes, the rest is rendered once. Immutable and thread safe.
 *
 * <p>Source text holds variables as <code>${name}</code>. A name in the given variables is replaced
 * by its text (which may hold variables again); a name of {@link Hole} becomes a hole. Line breaks
 * and the blanks after them are dropped, so that sources may be indented.
 */
final class Template {
    /** Most alerts one message carries, and so most hosts it names. */
    static final int MAX_ALERTS = 5;

    /** What is written at delivery, and its width in bytes. */
    enum Hole {
        /** Event time, ISO-8601, milliseconds, no zone. */
        NOW(TimeText.ISO_LENGTH),
        /** Event time, ISO-8601, seconds, no zone. */
        NOW_SECONDS(19),
        /** Event time, epoch milliseconds. */
        NOW_EPOCH(TimeText.EPOCH_LENGTH),
        /** Five minutes before the event time, as {@link #NOW}. */
        EARLIER(TimeText.ISO_LENGTH),
        /** A measured value, {@code dd.dd}. */
        VALUE(5),
        /** Random in each delivery. */
        UUID(36),
        /** Random in each delivery, 18 decimal digits. */
        DECIMAL(18),
        /** Hosts of the first to fifth alert, 16 hexadecimal digits. */
        HOST0(16),
        HOST1(16),
        HOST2(16),
        HOST3(16),
        HOST4(16),
        /** Digest of the identity of the first to fifth alert, 16 hexadecimal digits. */
        DIGEST0(16),
        DIGEST1(16),
        DIGEST2(16),
        DIGEST3(16),
        DIGEST4(16);

        // Constants, so that filling can switch without looking the enum up.
        static final int NOW_ORDINAL = 0;
        static final int NOW_SECONDS_ORDINAL = 1;
        static final int NOW_EPOCH_ORDINAL = 2;
        static final int EARLIER_ORDINAL = 3;
        static final int VALUE_ORDINAL = 4;
        static final int UUID_ORDINAL = 5;
        static final int DECIMAL_ORDINAL = 6;
        static final int HOST0_ORDINAL = 7;
        static final int DIGEST0_ORDINAL = HOST0_ORDINAL + MAX_ALERTS;

        private final int width;

        Hole(int width) {
            this.width = width;
        }

        String variable() {
            return name().toLowerCase(Locale.ROOT);
        }

        private byte[] placeholder() {
            String text = this == UUID ? "00000000-0000-4000-8000-000000000000" : "0".repeat(width);
            return (this == VALUE ? "00.00" : text).getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static final int POSITION_BITS = 16;

    private final byte[] bytes;

    /** Ordinal of the hole above, position below: one array, since a cache miss costs a lot. */
    private final int[] holes;

    private final long salt;
    private final int alerts;

    private Template(byte[] bytes, int[] holes, long salt, int alerts) {
        this.bytes = bytes;
        this.holes = holes;
        this.salt = salt;
        this.alerts = alerts;
    }

    /**
     * @param salt enters the digests of identity
     * @param alerts how many alerts the message carries; 0 if it is none
     * @throws IllegalArgumentException if a variable is neither given nor a hole
     */
    static Template compile(String source, Map<String, String> variables, long salt, int alerts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        List<Integer> holes = new ArrayList<>();
        expand(source, variables, bytes, holes);
        if (bytes.size() >= 1 << POSITION_BITS) {
            throw new IllegalArgumentException("A template holds at most 64 KiB");
        }
        int[] packed = holes.stream().mapToInt(Integer::intValue).toArray();
        return new Template(bytes.toByteArray(), packed, salt, alerts);
    }

    /** Without holes: the same bytes at every delivery. */
    static Template fixed(byte[] bytes) {
        return new Template(bytes.clone(), new int[0], 0, 0);
    }

    int length() {
        return bytes.length;
    }

    int alerts() {
        return alerts;
    }

    long salt() {
        return salt;
    }

    int holes() {
        return holes.length;
    }

    /** Ordinal of the i-th {@link Hole}. */
    int hole(int i) {
        return holes[i] >>> POSITION_BITS;
    }

    int position(int i) {
        return holes[i] & (1 << POSITION_BITS) - 1;
    }

    /** A fresh copy, holes not yet filled. */
    byte[] copy() {
        return bytes.clone();
    }

    private static void expand(
            String source,
            Map<String, String> variables,
            ByteArrayOutputStream bytes,
            List<Integer> holes) {
        int from = 0;
        for (int open = source.indexOf("${"); open >= 0; open = source.indexOf("${", from)) {
            bytes.writeBytes(source.substring(from, open).getBytes(StandardCharsets.UTF_8));
            int close = source.indexOf('}', open);
            String name = source.substring(open + 2, close);
            if (variables.containsKey(name)) {
                expand(variables.get(name), variables, bytes, holes);
            } else {
                Hole hole = Hole.valueOf(name.toUpperCase(Locale.ROOT));
                holes.add(hole.ordinal() << POSITION_BITS | bytes.size());
                bytes.writeBytes(hole.placeholder());
            }
            from = close + 1;
        }
        bytes.writeBytes(source.substring(from).getBytes(StandardCharsets.UTF_8));
    }
}
