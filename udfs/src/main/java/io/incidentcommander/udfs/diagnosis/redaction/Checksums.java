// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Tells numbers that mean something from numbers that only look like it. Each method returns how
 * many chars of a text, from its beginning, are one; 0 if none.
 */
final class Checksums {
    /** Countries of the IBAN registry (ISO 13616), each with the length of its numbers. */
    private static final Map<String, Integer> IBAN_LENGTHS =
            lengths(
                    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18"
                            + "DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22"
                            + "IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22"
                            + "MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33"
                            + "SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20"
                            + "YE30");

    private Checksums() {}

    /**
     * ISO/IEC 7812-1, annex B: 13 to 19 digits with what separates them. What begins with 1 is a
     * time since 1970 rather than a card, unless it has the 15 digits of an airline's.
     */
    static int cardLength(String text) {
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
        boolean isTime = text.charAt(0) == '1' && digits != 15;
        return digits >= 13 && digits <= 19 && sum % 10 == 0 && sum > 0 && !isTime
                ? text.length()
                : 0;
    }

    /** ISO 13616: the number with its first four characters moved to the end is 1 modulo 97. */
    static int ibanLength(String text) {
        int expected = IBAN_LENGTHS.getOrDefault(text.substring(0, 2).toUpperCase(Locale.ROOT), 0);
        StringBuilder compact = new StringBuilder(expected);
        int end = 0;
        while (end < text.length() && compact.length() < expected) {
            char c = text.charAt(end++);
            if (isAlphanumeric(c)) {
                compact.append(c);
            }
        }
        if (expected == 0
                || compact.length() < expected
                || end < text.length() && isAlphanumeric(text.charAt(end))) {
            return 0;
        }
        String moved = compact.substring(4) + compact.substring(0, 4);
        int remainder = 0;
        for (int i = 0; i < moved.length(); i++) {
            int value = Character.digit(moved.charAt(i), 36);
            remainder = (value > 9 ? remainder * 100 + value : remainder * 10 + value) % 97;
        }
        return remainder == 1 ? end : 0;
    }

    /** Eight groups, or fewer around one double colon; a time of day is none. */
    static int ipv6Length(String text) {
        boolean isFollowed = text.endsWith(":") && !text.endsWith("::");
        String address = isFollowed ? text.substring(0, text.length() - 1) : text;
        int groups = address.split(":", -1).length;
        int gap = address.indexOf("::");
        boolean isOne =
                gap < 0
                        ? groups == 8
                        : address.indexOf("::", gap + 1) < 0
                                && groups <= 9
                                && address.chars().anyMatch(c -> c != ':');
        return isOne ? address.length() : 0;
    }

    /**
     * Whether it looks drawn by lot: capitals, small letters and some digits, which change from
     * sign to sign more often than in names and paths. A digest in hexadecimal digits is none.
     */
    static int randomLength(String text) {
        int[] seen = new int[4];
        int changes = 0;
        int before = -1;
        for (int i = 0; i < text.length(); i++) {
            int kind = kind(text.charAt(i));
            seen[kind]++;
            if (kind == 3) {
                before = -1;
                continue;
            }
            if (before >= 0 && kind != before) {
                changes++;
            }
            before = kind;
        }
        boolean isRandom =
                seen[0] > 0
                        && seen[1] > 0
                        && seen[2] > 1
                        && changes * 20 >= text.length() * 7
                        && seen[3] * 8 <= text.length();
        return isRandom ? text.length() : 0;
    }

    private static int kind(char c) {
        if (c >= 'A' && c <= 'Z') {
            return 0;
        }
        if (c >= 'a' && c <= 'z') {
            return 1;
        }
        return c >= '0' && c <= '9' ? 2 : 3;
    }

    private static boolean isAlphanumeric(char c) {
        return kind(c) != 3;
    }

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (int i = 0; i < table.length(); i += 4) {
            lengths.put(table.substring(i, i + 2), Integer.parseInt(table.substring(i + 2, i + 4)));
        }
        return lengths;
    }
}
