// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.yaml;

import io.incidentcommander.udfs.correlation.matching.Matcher;
import io.incidentcommander.udfs.correlation.matching.MatcherSyntax;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Single values of control files; one that is wrong becomes a problem and is empty. */
public final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) ?(ms|s|min|m|h|d|w)");

    private Values() {}

    /** A list of matchers, or one text with several. */
    public static Matchers matchers(YamlNode node) {
        List<Matcher> all = new ArrayList<>();
        List<YamlNode> texts = node.isText() && !node.isNull() ? List.of(node) : node.items();
        for (YamlNode text : texts) {
            try {
                all.addAll(MatcherSyntax.parse(text.text()));
            } catch (IllegalArgumentException e) {
                text.problem(e.getMessage());
            }
        }
        return Matchers.of(all);
    }

    /** ISO 8601 with a zone; milliseconds of the epoch. */
    public static OptionalLong time(YamlNode node) {
        try {
            return OptionalLong.of(OffsetDateTime.parse(node.text()).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            node.problem(
                    "'" + node.text() + "' is no time; use one as in 2026-01-31T09:00:00+01:00");
            return OptionalLong.empty();
        }
    }

    /** As in {@code 5m}, {@code 90 s}, {@code 2h}; milliseconds, above zero. */
    public static OptionalLong duration(YamlNode node) {
        java.util.regex.Matcher m = DURATION.matcher(node.text().strip().toLowerCase(Locale.ROOT));
        if (!m.matches() || Long.parseLong(m.group(1)) == 0) {
            node.problem("'" + node.text() + "' is no duration; use one as in 30 s, 5 min, 2 h");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(m.group(1)) * unitMillis(m.group(2)));
    }

    public static Optional<ZoneId> zone(YamlNode node) {
        try {
            return Optional.of(ZoneId.of(node.text()));
        } catch (DateTimeException e) {
            node.problem("'" + node.text() + "' is no time zone; use one as in Europe/Berlin");
            return Optional.empty();
        }
    }

    /** A whole number, 0 or more. */
    public static OptionalLong count(YamlNode node) {
        String text = node.text().replace("_", "");
        if (!text.matches("[0-9]{1,15}")) {
            node.problem("'" + node.text() + "' is no whole number of 0 or more");
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static long unitMillis(String unit) {
        switch (unit) {
            case "ms":
                return 1;
            case "s":
                return 1_000;
            case "m":
            case "min":
                return 60_000;
            case "h":
                return 3_600_000;
            case "d":
                return 86_400_000;
            default:
                return 7 * 86_400_000L;
        }
    }
}
