// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import java.io.Serializable;
import java.util.Objects;

/** A control file the job was started with: its name and what stands in it. Immutable. */
public final class ControlFile implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String text;

    public ControlFile(String name, String text) {
        this.name = Objects.requireNonNull(name, "name");
        this.text = Objects.requireNonNull(text, "text");
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** Whether it is a log of control updates, a JSON object a line, rather than a document. */
    public boolean isLog() {
        return name.endsWith(".ndjson");
    }

    @Override
    public String toString() {
        return name;
    }
}
