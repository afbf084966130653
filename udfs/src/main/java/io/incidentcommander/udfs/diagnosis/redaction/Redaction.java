// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces secrets and personal data by placeholders such as {@code [email-1]}. The same value gets
 * the same placeholder within one instance, so that a reader can still tell two people apart.
 * Rather takes out too much than too little.
 *
 * <p>Patterns use possessive and bounded repeats only, so the time is linear in the text, whatever
 * it holds. One instance serves one request; not thread safe.
 */
public final class Redaction {
    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            RedactionKind.PRIVATE_KEY,
                            "-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY-----"
                                    + "(?:[^-]|-(?!----END))*+(?:-----END [A-Z ]{0,40}+-----)?+",
                            0),
                    // user:password@ of an address; the user may be a person too.
                    new Rule(
                            RedactionKind.SECRET,
                            "(?<=://)([^\\s/@:]{1,100}+:[^\\s/@]{1,200}+)(?=@)",
                            1),
                    new Rule(
                            RedactionKind.TOKEN,
                            "\\beyJ[A-Za-z0-9_-]{5,4000}+\\.[A-Za-z0-9_-]{5,4000}+"
                                    + "(?:\\.[A-Za-z0-9_-]{0,4000}+)?+",
                            0),
                    new Rule(
                            RedactionKind.TOKEN,
                            "(?<![A-Za-z0-9])(?:A(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA)[A-Z0-9]{16}"
                                    + "|gh[pousr]_[A-Za-z0-9]{20,255}+"
                                    + "|github_pat_[A-Za-z0-9_]{20,255}+"
                                    + "|xox[abeoprs]-[A-Za-z0-9-]{8,255}+"
                                    + "|[sr]k_(?:live|test)_[A-Za-z0-9]{8,255}+"
                                    + "|AIza[A-Za-z0-9_-]{35}"
                                    + "|glpat-[A-Za-z0-9_-]{16,255}+"
                                    + "|npm_[A-Za-z0-9]{30,255}+)",
                            0),
                    new Rule(
                            RedactionKind.TOKEN,
                            "(?i)\\b(?:bearer|basic|token)\\s{1,5}+([A-Za-z0-9+/_.~=-]{12,4000}+)",
                            1),
                    new Rule(
                            RedactionKind.SECRET,
                            "(?i)(?:passw(?:or)?d|passwd|passphrase|pwd|secret|credential|token"
                                + "|api[_-]?key|access[_-]?key|private[_-]?key|auth(?:orization)?"
                                + "|session[_-]?(?:id|key)|cookie|signature)[A-Za-z0-9_-]{0,20}+"
                                + "[\\\\\"']{0,4}+\\s{0,5}+(?:=>|[:=])\\s{0,5}+[\\\\\"']{0,4}+"
                                + "(?!\\[)([^\\s\"'\\\\,;&}\\])]{1,4000}+)",
                            1),
                    new Rule(
                            RedactionKind.EMAIL,
                            "(?<![A-Za-z0-9._%+-])[\\p{L}\\p{N}._%+-]{1,64}+@"
                                    + "[\\p{L}\\p{N}-]{1,63}+(?:\\.[\\p{L}\\p{N}-]{1,63}+){1,8}+",
                            0),
                    new Rule(
                            RedactionKind.ACCOUNT,
                            "(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]){11,30}+"
                                    + "(?![A-Za-z0-9])",
                            0,
                            Checksums::isIban),
                    new Rule(
                            RedactionKind.CARD,
                            "(?<![0-9A-Za-z.])[0-9](?:[ -]?[0-9]){12,18}+(?![0-9A-Za-z])",
                            0,
                            Checksums::isLuhn));

    private static final List<Rule> ADDRESSES =
            List.of(
                    new Rule(
                            RedactionKind.IP_ADDRESS,
                            "(?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}"
                                    + "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?![0-9.])",
                            0),
                    new Rule(
                            RedactionKind.IP_ADDRESS,
                            "(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}+:){2,7}[0-9A-Fa-f]{1,4}+"
                                    + "(?![0-9A-Za-z:])",
                            0,
                            Checksums::isIpv6));

    /** Whether addresses are personal data here. */
    public enum Addresses {
        KEPT,
        TAKEN_OUT
    }

    private final List<Rule> rules;
    private final Map<String, String> placeholders = new HashMap<>();
    private final EnumMap<RedactionKind, Integer> counts = new EnumMap<>(RedactionKind.class);
    private final EnumMap<RedactionKind, Integer> distinct = new EnumMap<>(RedactionKind.class);

    public Redaction(Addresses addresses) {
        this.rules = new ArrayList<>(RULES);
        if (addresses == Addresses.TAKEN_OUT) {
            rules.addAll(ADDRESSES);
        }
    }

    /** The text with placeholders. */
    public String of(String text) {
        String clean = text;
        for (Rule rule : rules) {
            clean = apply(rule, clean);
        }
        return clean;
    }

    /** How often something was taken out, by kind; kinds that were not found are absent. */
    public Map<RedactionKind, Integer> counts() {
        return new EnumMap<>(counts);
    }

    private String apply(Rule rule, String text) {
        Matcher found = rule.pattern.matcher(text);
        StringBuilder out = null;
        int copied = 0;
        while (found.find()) {
            String value = found.group(rule.group);
            if (!rule.check.test(value)) {
                continue;
            }
            if (out == null) {
                out = new StringBuilder(text.length());
            }
            out.append(text, copied, found.start(rule.group)).append(placeholder(rule.kind, value));
            copied = found.end(rule.group);
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    private String placeholder(RedactionKind kind, String value) {
        counts.merge(kind, 1, Integer::sum);
        return placeholders.computeIfAbsent(
                kind + ":" + value,
                unseen -> "[" + kind.word() + "-" + distinct.merge(kind, 1, Integer::sum) + "]");
    }

    private static final class Rule {
        private final RedactionKind kind;
        private final Pattern pattern;
        private final int group;
        private final Predicate<String> check;

        Rule(RedactionKind kind, String pattern, int group) {
            this(kind, pattern, group, value -> true);
        }

        Rule(RedactionKind kind, String pattern, int group, Predicate<String> check) {
            this.kind = kind;
            this.pattern = Pattern.compile(pattern);
            this.group = group;
            this.check = check;
        }
    }
}
