// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

/** Tells numbers that mean something from numbers that only look like it. */
final class Checksums {
    private Checksums() {}

    /** ISO/IEC 7812-1, annex B: 13 to 19 digits, spaces and hyphens between them allowed. */
    static boolean isLuhn(String text) {
        int sum = 0;
        int digits = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                continue;
            }
            int weighted = digits % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
            digits++;
        }
        return digits >= 13 && digits <= 19 && sum % 10 == 0 && sum > 0;
    }

    /** ISO 13616: the number with its first four characters moved to the end is 1 modulo 97. */
    static boolean isIban(String text) {
        String compact = text.replace(" ", "");
        if (compact.length() < 15 || compact.length() > 34) {
            return false;
        }
        String moved = compact.substring(4) + compact.substring(0, 4);
        int remainder = 0;
        for (int i = 0; i < moved.length(); i++) {
            int value = Character.digit(moved.charAt(i), 36);
            remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
        }
        return remainder == 1;
    }

    /** Eight groups, or fewer around one double colon; a time of day is none. */
    static boolean isIpv6(String text) {
        int groups = text.split(":", -1).length;
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups == 8;
        }
        return text.indexOf("::", gap + 1) < 0 && groups <= 8;
    }
}
