// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** One kind of what is taken out: where it may be, and how much of that it is. */
final class RedactionRule {
    private final RedactionKind kind;
    private final Pattern pattern;
    private final int group;
    private final ToIntFunction<String> length;

    /**
     * @param group of the pattern that holds what may be taken out
     * @param length how many chars of that are, from its beginning; 0: it only looks like it
     */
    RedactionRule(RedactionKind kind, Pattern pattern, int group, ToIntFunction<String> length) {
        this.kind = kind;
        this.pattern = pattern;
        this.group = group;
        this.length = length;
    }

    RedactionKind kind() {
        return kind;
    }

    Pattern pattern() {
        return pattern;
    }

    int group() {
        return group;
    }

    int length(String value) {
        return length.applyAsInt(value);
    }
}
