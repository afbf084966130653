// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.control;

import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What an operator needs to know of control when it starts. Immutable. */
public final class ControlSettings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int MOST_SILENCES = 200_000;
    private static final long CHANGE_MEMORY_MILLIS = 25 * 3_600_000L;
    private static final ControlSettings NONE = new ControlSettings(List.of(), MOST_SILENCES);

    private final ArrayList<ControlFile> files;
    private final int maxSilences;
    private final long changeMemoryMillis;

    /** As the other; changes of services are remembered for 25 hours. */
    public ControlSettings(Collection<ControlFile> files, int maxSilences) {
        this(files, maxSilences, CHANGE_MEMORY_MILLIS);
    }

    /**
     * @param files read and found right
     * @param maxSilences by updates, over all tenants; further ones are refused
     * @param changeMemoryMillis how long a change of a service is remembered, in event time
     */
    public ControlSettings(
            Collection<ControlFile> files, int maxSilences, long changeMemoryMillis) {
        this.files = new ArrayList<>(files);
        this.maxSilences = maxSilences;
        this.changeMemoryMillis = changeMemoryMillis;
    }

    /** The same with other files. */
    public ControlSettings withFiles(Collection<ControlFile> others) {
        return new ControlSettings(others, maxSilences, changeMemoryMillis);
    }

    /** No files. */
    public static ControlSettings none() {
        return NONE;
    }

    public List<ControlFile> files() {
        return List.copyOf(files);
    }

    public int maxSilences() {
        return maxSilences;
    }

    public long changeMemoryMillis() {
        return changeMemoryMillis;
    }
}
