// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Replaces secrets and personal data by placeholders such as {@code [email-1]}. The same value gets
 * the same placeholder within one instance, so that a reader can still tell two people apart.
 * Rather takes out too much than too little.
 *
 * <p>Patterns use possessive and bounded repeats only, so the time is linear in the text, whatever
 * it holds. One instance serves one request; not thread safe.
 */
public final class Redaction {
    /** Whether addresses are personal data here. */
    public enum Addresses {
        KEPT,
        TAKEN_OUT
    }

    private final List<RedactionRule> rules;
    private final Map<String, String> placeholders = new HashMap<>();
    private final EnumMap<RedactionKind, Integer> counts = new EnumMap<>(RedactionKind.class);
    private final EnumMap<RedactionKind, Integer> distinct = new EnumMap<>(RedactionKind.class);

    public Redaction(Addresses addresses) {
        this.rules = new ArrayList<>(RedactionRules.SECRETS);
        if (addresses == Addresses.TAKEN_OUT) {
            rules.addAll(RedactionRules.ADDRESSES);
        }
    }

    /** The text with placeholders. */
    public String of(String text) {
        String clean = PlainText.of(text);
        for (RedactionRule rule : rules) {
            clean = apply(rule, clean);
        }
        return clean;
    }

    /** How often something was taken out, by kind; kinds that were not found are absent. */
    public Map<RedactionKind, Integer> counts() {
        return new EnumMap<>(counts);
    }

    private String apply(RedactionRule rule, String text) {
        Matcher found = rule.pattern().matcher(text);
        StringBuilder out = null;
        int copied = 0;
        int from = 0;
        while (from <= text.length() && found.find(from)) {
            int start = found.start(rule.group());
            String value = found.group(rule.group());
            int length = rule.length(value);
            if (length == 0) {
                from = found.start() + 1;
                continue;
            }
            if (out == null) {
                out = new StringBuilder(text.length());
            }
            out.append(text, copied, start)
                    .append(placeholder(rule.kind(), value.substring(0, length)));
            copied = start + length;
            from = length == value.length() ? found.end() : copied;
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private String placeholder(RedactionKind kind, String value) {
        counts.merge(kind, 1, Integer::sum);
        return placeholders.computeIfAbsent(
                kind + ":" + value,
                unseen -> "[" + kind.word() + "-" + distinct.merge(kind, 1, Integer::sum) + "]");
    }
}
