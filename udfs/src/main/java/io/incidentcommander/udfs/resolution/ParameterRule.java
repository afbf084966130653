// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/** What a parameter of a playbook may be. Immutable. */
public final class ParameterRule implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What its text stands for. */
    public enum Type {
        TEXT,
        INTEGER,
        /** A whole number and a percent sign. */
        PERCENT
    }

    private static final String NUMBER = "-?[0-9]{1,15}";

    private final Type type;
    private final long least;
    private final long most;

    /**
     * @param least of numbers, inclusive
     * @param most of numbers, inclusive; of texts, their length
     */
    public ParameterRule(Type type, long least, long most) {
        this.type = Objects.requireNonNull(type, "type");
        this.least = least;
        this.most = most;
    }

    /** Why the text is no such value. */
    public Optional<String> flaw(String text) {
        switch (type) {
            case TEXT:
                return text.length() > most || !text.matches("[A-Za-z0-9._:/@-]*")
                        ? Optional.of("is not a plain text of " + most + " chars at most: " + text)
                        : Optional.empty();
            case INTEGER:
                return number(text, text);
            case PERCENT:
                return text.endsWith("%")
                        ? number(text, text.substring(0, text.length() - 1))
                        : Optional.of("is no percentage: " + text);
        }
        throw new IllegalStateException("No such type: " + type);
    }

    private Optional<String> number(String text, String digits) {
        if (!digits.matches(NUMBER)) {
            return Optional.of("is no whole number: " + text);
        }
        long value = Long.parseLong(digits);
        return value < least || value > most
                ? Optional.of("is not from " + least + " to " + most + ": " + text)
                : Optional.empty();
    }
}
