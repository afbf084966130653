// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import java.util.Locale;

/** Who looks for causes during a load run. */
public enum LoadDiagnosis {
    /** Nobody: the stage is not there. */
    OFF,
    /** The stage, without a model. */
    OFFLINE,
    /** A stub of a model that answers. */
    ANSWERING,
    /** A stub of a model that takes every question and never answers. */
    HANGING;

    /** As on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean asksModel() {
        return this == ANSWERING || this == HANGING;
    }
}
