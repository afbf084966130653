// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * What is taken out, in this order. Patterns use possessive and bounded repeats only. Of a value in
 * quotes all is taken, up to the quote that closes it, also where JSON stands in JSON and quotes
 * are escaped once or twice; of a value without quotes what comes up to a space or a separator.
 */
final class RedactionRules {
    /** What secrets are called, as the end of a name or as the beginning of a longer one. */
    private static final String NAMES =
            "(?:passw(?:or)?[dt]|passwd|passphrase|\\bpass(?![a-z])|pgpass|pwd"
                + "|secret|credential|token"
                + "|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|master[_-]?key"
                + "|(?:encryption|signing|storage|shared)[_-]?key"
                + "|auth(?:orization|[_-]?code)?(?![a-z])"
                + "|session[_-]?(?:id|key)|cookie|signature|\\bsig(?![a-z]))[A-Za-z0-9_-]{0,20}+";

    /** Between a name and its value; a value may begin on the next line, as in YAML. */
    private static final String SAYS = "\\s{0,5}+(?:=>|[:=])\\s{0,5}+(?:[|>][+-]?\\s{1,40}+)?+";

    private static final String WHITE = "[ \\u00a0\\u202f]";

    static final List<RedactionRule> SECRETS =
            List.of(
                    rule(
                            RedactionKind.PRIVATE_KEY,
                            "-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
                                    + "(?:[^-]|-(?!----END))*+(?:-----END [A-Z0-9 ]{0,40}+-----)?+",
                            0),
                    // The end of one whose beginning was cut off.
                    rule(
                            RedactionKind.PRIVATE_KEY,
                            "(?<![A-Za-z0-9+/=])"
                                    + "(?:[A-Za-z0-9+/=]{8,200}+(?:\\s|\\\\[nr]){1,8}+){1,400}+"
                                    + "(?:[A-Za-z0-9+/=]{1,7}+(?:\\s|\\\\[nr]){1,8}+)?+-----END"
                                    + " (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----",
                            0),
                    // user:password@ of an address, or a key alone; the user may be a person too.
                    // A password may hold an @; a port is none.
                    rule(
                            RedactionKind.SECRET,
                            "(?<=://)(?![\\[@])([^\\s/@:\"'<>]{0,200}+(?::[^\\s/\"'<>]{0,200})?)(?=@)",
                            1),
                    rule(
                            RedactionKind.SECRET,
                            "(?<=://)(?!\\[)([^\\s/@:\"'<>]{0,200}+:(?![0-9]{1,5}+(?:/|\\b))"
                                    + "[^\\s@\"'<>]{1,200}+)(?=@)",
                            1),
                    rule(
                            RedactionKind.SECRET,
                            "(?i)jdbc:oracle:[a-z]{2,8}:(?!\\[)([^\\s@]{3,200}+)(?=@)",
                            1),
                    rule(
                            RedactionKind.SECRET,
                            "hooks\\.slack\\.com/[a-z]{1,20}+/([A-Za-z0-9/_-]{10,200}+)",
                            1),
                    rule(
                            RedactionKind.TOKEN,
                            "\\beyJ[A-Za-z0-9_-]{5,4000}+\\.[A-Za-z0-9_-]{5,4000}+"
                                    + "(?:\\.[A-Za-z0-9_-]{0,4000}+)?+",
                            0),
                    rule(
                            RedactionKind.TOKEN,
                            "(?<![A-Za-z0-9])(?:A(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA)[A-Z0-9]{16}"
                                    + "|gh[pousr]_[A-Za-z0-9]{20,255}+"
                                    + "|github_pat_[A-Za-z0-9_]{20,255}+"
                                    + "|xox[abeoprs]-[A-Za-z0-9-]{8,255}+"
                                    + "|[sr]k_(?:live|test)_[A-Za-z0-9]{8,255}+"
                                    + "|sk-[A-Za-z0-9_-]{20,255}+"
                                    + "|SG\\.[A-Za-z0-9_-]{10,64}+\\.[A-Za-z0-9_-]{10,128}+"
                                    + "|ya29\\.[A-Za-z0-9_-]{10,2000}+"
                                    + "|hv[sbr]\\.[A-Za-z0-9_-]{20,255}+"
                                    + "|hf_[A-Za-z0-9]{20,255}+"
                                    + "|AGE-SECRET-KEY-1[A-Z0-9]{20,255}+"
                                    + "|AIza[A-Za-z0-9_-]{35}"
                                    + "|glpat-[A-Za-z0-9_-]{16,255}+"
                                    + "|npm_[A-Za-z0-9]{30,255}+)",
                            0),
                    rule(
                            RedactionKind.SECRET,
                            "\\$(?:2[abxy]|[156y]|argon2(?:id|i|d))\\$[A-Za-z0-9./$=,+]{12,255}+",
                            0),
                    // In quotes, and in quotes that are escaped once.
                    secret("[\"']?+" + SAYS + "\"(?!\\[)((?:[^\"\\\\]|\\\\.){1,4000}+)"),
                    secret("'?+" + SAYS + "'(?!\\[)([^']{1,4000}+)"),
                    secret(
                            "(?:\\\\\")?+"
                                    + SAYS
                                    + "\\\\\"(?!\\[)((?:[^\"\\\\]|\\\\\\\\(?:\\\\[\"\\\\]|[^\"\\\\])"
                                    + "|\\\\[^\"\\\\]){1,4000}+)"),
                    // A scheme before the value is taken with it.
                    rule(
                            RedactionKind.SECRET,
                            "(?i)authorization"
                                    + SAYS
                                    + "(?![\\[\"'\\\\])([A-Za-z0-9-]{1,20}+\\s{1,5}+"
                                    + "[^\\s\"'\\\\,;&}\\])]{1,4000}+)",
                            1),
                    rule(
                            RedactionKind.TOKEN,
                            "(?i)\\b(?:bearer|basic|token|apikey)\\s{1,5}+"
                                    + "([A-Za-z0-9+/_.~=-]{12,4000}+)",
                            1),
                    rule(
                            RedactionKind.SECRET,
                            "(?i)\\bcookie" + SAYS + "(?![\\[\"'\\\\])([^\\r\\n\"'\\\\]{1,4000}+)",
                            1),
                    secret(
                            "[\\\\\"']{0,8}+"
                                    + SAYS
                                    + "[\\\\\"']{0,8}+(?!\\[)((?:[^\\s\"'\\\\,;&}\\])]"
                                    + "|[,;&](?!\\s|$|[\"'{\\\\]|[A-Za-z_.-]{1,40}+[=:])){1,4000}+)"),
                    rule(
                            RedactionKind.SECRET,
                            "(?i)<[A-Z0-9_:.-]{0,40}?" + NAMES + ">\\s{0,5}+(?!\\[)([^<]{1,4000}+)",
                            1),
                    // On a command line.
                    rule(
                            RedactionKind.SECRET,
                            "(?i)--" + NAMES + "\\s{1,5}+[\"']?(?!\\[|-)([^\\s\"']{1,4000}+)",
                            1),
                    rule(
                            RedactionKind.SECRET,
                            "(?:\\s-u|--user)\\s{1,5}+[\"']?([^\\s\"':]{1,200}+:[^\\s\"']{1,200}+)",
                            1),
                    rule(
                            RedactionKind.EMAIL,
                            "(?<![\\p{L}\\p{M}\\p{N}._%+-])(?:\"[^\"\\r\\n@]{1,64}+\""
                                    + "|[\\p{L}\\p{N}_%+.-][\\p{L}\\p{M}\\p{N}.'_+-]{0,256}+"
                                    + "(?:%(?!40)[\\p{L}\\p{M}\\p{N}.'_+-]{0,64}+){0,8}+)"
                                    + "(?:@|%40|&#64;)"
                                    + "[\\p{L}\\p{M}\\p{N}-]{1,63}+"
                                    + "(?:\\.[\\p{L}\\p{M}\\p{N}-]{1,63}+){1,8}+",
                            0),
                    new RedactionRule(
                            RedactionKind.ACCOUNT,
                            Pattern.compile(
                                    "(?i)(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}"
                                            + "(?:[ \\u00a0\\u202f.-]?[A-Z0-9]){11,40}+"),
                            0,
                            Checksums::ibanLength),
                    rule(
                            RedactionKind.ACCOUNT,
                            "(?i)\\b(?:account|acct|konto)"
                                    + WHITE
                                    + "?(?:number|nummer|no\\.?|nr\\.?|#)"
                                    + "\\s{0,3}+[:=]?\\s{0,3}+([0-9](?:[ -]?[0-9]){5,20}+)",
                            1),
                    new RedactionRule(
                            RedactionKind.CARD,
                            Pattern.compile(
                                    "(?<![0-9A-Za-z.])[0-9]"
                                            + "(?:[ \\u00a0\\u2000-\\u200a\\u202f\\u2010-\\u2015_-]"
                                            + "{0,2}+[0-9]){12,18}+(?![0-9A-Za-z])"),
                            0,
                            Checksums::cardLength),
                    new RedactionRule(
                            RedactionKind.CARD,
                            Pattern.compile(
                                    "(?<![0-9A-Za-z.])[0-9]{4}(\\.)[0-9]{4}\\1[0-9]{4}\\1"
                                            + "[0-9]{1,7}+(?![0-9A-Za-z])"),
                            0,
                            Checksums::cardLength),
                    // By its look alone: the key itself, with nothing around that says so.
                    new RedactionRule(
                            RedactionKind.TOKEN,
                            Pattern.compile(
                                    "(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/_-]{36,4000}+={0,2}+"),
                            0,
                            Checksums::randomLength));

    static final List<RedactionRule> ADDRESSES =
            List.of(
                    rule(
                            RedactionKind.IP_ADDRESS,
                            "(?<![0-9]|[0-9]\\.)(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])\\.){3}"
                                    + "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])(?![0-9]|\\.[0-9])",
                            0),
                    new RedactionRule(
                            RedactionKind.IP_ADDRESS,
                            Pattern.compile(
                                    "(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}+:){2,8}[0-9A-Fa-f]{0,4}+"
                                            + "(?![0-9A-Za-z])"),
                            0,
                            Checksums::ipv6Length));

    private RedactionRules() {}

    private static RedactionRule secret(String value) {
        return rule(RedactionKind.SECRET, "(?i)" + NAMES + value, 1);
    }

    private static RedactionRule rule(RedactionKind kind, String pattern, int group) {
        ToIntFunction<String> whole = String::length;
        return new RedactionRule(kind, Pattern.compile(pattern), group, whole);
    }
}
