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
    private static final ControlSettings NONE = new ControlSettings(List.of(), MOST_SILENCES);

    private final ArrayList<ControlFile> files;
    private final int maxSilences;

    /**
     * @param files read and found right
     * @param maxSilences by updates, over all tenants; further ones are refused
     */
    public ControlSettings(Collection<ControlFile> files, int maxSilences) {
        this.files = new ArrayList<>(files);
        this.maxSilences = maxSilences;
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
}
