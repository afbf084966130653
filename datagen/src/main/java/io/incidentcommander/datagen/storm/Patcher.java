// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/**
 * Fills the holes of a template for one delivery. Not thread safe: it keeps the digits of the last
 * moment.
 */
final class Patcher {
    /** The value is drawn. */
    static final long ANY_VALUE = -1;

    private static final long EARLIER_MILLIS = 300_000L;

    private final TimeText now = new TimeText();
    private final TimeText earlier = new TimeText();

    /**
     * @param hostNumber names the hosts: alert j of the message is on host 8 * hostNumber + j
     * @param random decides values and delivery ids
     * @param eventTimeMillis epoch milliseconds
     * @return a fresh array
     */
    byte[] deliver(Template template, long hostNumber, long random, long eventTimeMillis) {
        return deliver(template, hostNumber, random, eventTimeMillis, ANY_VALUE);
    }

    /**
     * The same with a value of its own.
     *
     * @param hundredths of the value, from 1000 to 9999, or {@link #ANY_VALUE}
     */
    byte[] deliver(
            Template template,
            long hostNumber,
            long random,
            long eventTimeMillis,
            long hundredths) {
        byte[] out = template.copy();
        int holes = template.holes();
        if (holes == 0) {
            return out;
        }
        now.set(eventTimeMillis);
        long low = SplitMix.mix(random);
        for (int i = 0; i < holes; i++) {
            int at = template.position(i);
            int hole = template.hole(i);
            switch (hole) {
                case Template.Hole.NOW_ORDINAL:
                    System.arraycopy(now.iso(), 0, out, at, TimeText.ISO_LENGTH);
                    break;
                case Template.Hole.NOW_SECONDS_ORDINAL:
                    System.arraycopy(now.iso(), 0, out, at, 19);
                    break;
                case Template.Hole.NOW_EPOCH_ORDINAL:
                    System.arraycopy(now.epochMillis(), 0, out, at, TimeText.EPOCH_LENGTH);
                    break;
                case Template.Hole.EARLIER_ORDINAL:
                    earlier.set(eventTimeMillis - EARLIER_MILLIS);
                    System.arraycopy(earlier.iso(), 0, out, at, TimeText.ISO_LENGTH);
                    break;
                case Template.Hole.VALUE_ORDINAL:
                    value(out, at, low, hundredths);
                    break;
                case Template.Hole.UUID_ORDINAL:
                    Digits.uuid(out, at, random, low);
                    break;
                case Template.Hole.DECIMAL_ORDINAL:
                    Digits.decimal18(out, at, low);
                    break;
                default:
                    identity(template, hole, hostNumber, out, at);
            }
        }
        return out;
    }

    private static void value(byte[] out, int at, long low, long hundredths) {
        if (hundredths == ANY_VALUE) {
            Digits.value(out, at, low >>> 48);
        } else {
            Digits.fixed(out, at, (int) Math.max(1_000, Math.min(9_999, hundredths)));
        }
    }

    private static void identity(Template template, int hole, long hostNumber, byte[] out, int at) {
        int digest = hole - Template.Hole.DIGEST0_ORDINAL;
        int alert = digest >= 0 ? digest : hole - Template.Hole.HOST0_ORDINAL;
        long host = SplitMix.mix(hostNumber * 8 + alert);
        Digits.hex16(out, at, digest >= 0 ? SplitMix.mix(host + template.salt()) : host);
    }
}
