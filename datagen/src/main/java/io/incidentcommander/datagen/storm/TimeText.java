// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A moment as digits: ISO-8601 with milliseconds and without zone (23 bytes), and epoch
 * milliseconds (13 bytes). Only the milliseconds are written anew within a second. Not thread safe.
 * Good for the years 2001 to 2286, where epoch milliseconds have 13 digits.
 */
final class TimeText {
    static final int ISO_LENGTH = 23;
    static final int EPOCH_LENGTH = 13;
    private static final int MILLIS_AT = 20;
    private static final long FIRST = 1_000_000_000_000L;
    private static final long LAST = 9_999_999_999_999L;

    private byte[] iso = new byte[0];
    private byte[] epoch = new byte[0];
    private long second = Long.MIN_VALUE;

    void set(long epochMillis) {
        long newSecond = Math.floorDiv(epochMillis, 1000L);
        if (newSecond != second) {
            setSecond(epochMillis);
            second = newSecond;
        }
        int millis = (int) (epochMillis - newSecond * 1000);
        writeMillis(iso, MILLIS_AT, millis);
        writeMillis(epoch, EPOCH_LENGTH - 3, millis);
    }

    byte[] iso() {
        return iso;
    }

    byte[] epochMillis() {
        return epoch;
    }

    private void setSecond(long epochMillis) {
        if (epochMillis < FIRST || epochMillis > LAST) {
            throw new IllegalArgumentException(
                    "Event time outside the years 2001 to 2286: " + epochMillis);
        }
        long wholeSecond = epochMillis - epochMillis % 1000;
        String text = Instant.ofEpochMilli(wholeSecond).toString();
        iso = (text.substring(0, 19) + ".000").getBytes(StandardCharsets.US_ASCII);
        epoch = Long.toString(wholeSecond).getBytes(StandardCharsets.US_ASCII);
    }

    private static void writeMillis(byte[] to, int at, int millis) {
        to[at] = (byte) ('0' + millis / 100);
        to[at + 1] = (byte) ('0' + millis / 10 % 10);
        to[at + 2] = (byte) ('0' + millis % 10);
    }
}
