// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that is wrong with a file, or could not be carried over, each with its line: a reader
 * goes on after a problem, so that all are told at once. Mutable, not thread safe.
 */
public final class Problems {
    private final String file;
    private final List<Problem> all = new ArrayList<>();

    /**
     * @param file named in each problem
     */
    public Problems(String file) {
        this.file = file;
    }

    /**
     * @param line from 1
     */
    public void add(int line, String what) {
        all.add(new Problem(file, line, what));
    }

    void at(YamlNode node, String what) {
        add(node.line(), what);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** By line. */
    public List<Problem> all() {
        List<Problem> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Problem::line));
        return Collections.unmodifiableList(sorted);
    }

    /** One problem. Immutable. */
    public static final class Problem {
        private final String file;
        private final int line;
        private final String what;

        Problem(String file, int line, String what) {
            this.file = file;
            this.line = line;
            this.what = what;
        }

        public String file() {
            return file;
        }

        /** From 1. */
        public int line() {
            return line;
        }

        public String what() {
            return what;
        }

        @Override
        public String toString() {
            return file + ", line " + line + ": " + what;
        }
    }
}
