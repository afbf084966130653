// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

/** The four ways in which Alertmanager compares a label. */
public enum MatchOperator {
    EQUAL("="),
    NOT_EQUAL("!="),
    REGEX("=~"),
    NOT_REGEX("!~");

    private final String symbol;

    MatchOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    boolean isRegex() {
        return this == REGEX || this == NOT_REGEX;
    }

    boolean isNegative() {
        return this == NOT_EQUAL || this == NOT_REGEX;
    }
}
