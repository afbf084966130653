// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.File;
import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/**
 * A file to be read as alerts: its source id, its path as the user gave it, its framing, and how
 * the times in it are told.
 */
public final class AlertFile implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern WITH_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");

    private final String source;
    private final String path;
    private final Framing framing;
    private final StatedTimes times;

    private AlertFile(String source, String path, Framing framing, StatedTimes times) {
        this.source = Objects.requireNonNull(source, "source");
        this.path = Objects.requireNonNull(path, "path");
        this.framing = Objects.requireNonNull(framing, "framing");
        this.times = Objects.requireNonNull(times, "times");
    }

    /**
     * @param source may be shared by several files: paths keep their records apart
     * @param path a local path, relative or absolute, or a URI of a file system that Flink knows
     */
    public static AlertFile of(String source, String path, Framing framing) {
        return new AlertFile(source, path, framing, StatedTimes.NOT_ASKED);
    }

    /** Records with alerts that state no time get that of what stands before them. */
    public AlertFile withTimes(StatedTimes stated) {
        return new AlertFile(source, path, framing, stated);
    }

    public String source() {
        return source;
    }

    /** As the user gave it; the partition of every record of the file. */
    public String path() {
        return path;
    }

    public Framing framing() {
        return framing;
    }

    StatedTimes times() {
        return times;
    }

    /** Where Flink finds it: local paths are made absolute, and may hold any character. */
    Path location() {
        return WITH_SCHEME.matcher(path).matches()
                ? new Path(path)
                : Path.fromLocalFile(new File(path).getAbsoluteFile());
    }

    @Override
    public String toString() {
        return path + " (" + framing + ", source " + source + ")";
    }
}
