// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Size of the terminal that standard output is; the launcher says it, for Java cannot. */
final class TerminalSize {
    /** {@code 24 80}: rows and columns; not set if standard output is no terminal. */
    static final String PROPERTY = "commander.terminal";

    private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");
    private static final int LEAST_ROWS = 12;
    private static final int LEAST_COLUMNS = 40;

    private final int rows;
    private final int columns;

    private TerminalSize(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Empty: no terminal, or one too small for a picture. */
    static Optional<TerminalSize> ofLauncher() {
        return parse(System.getProperty(PROPERTY, ""));
    }

    static Optional<TerminalSize> parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        TerminalSize found =
                new TerminalSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        return found.rows < LEAST_ROWS || found.columns < LEAST_COLUMNS
                ? Optional.empty()
                : Optional.of(found);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }
}
