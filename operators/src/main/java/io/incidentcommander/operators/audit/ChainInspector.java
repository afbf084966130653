// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainWatch;
import java.io.Serializable;

/** Looks at stored chains, and mends them where it may. Thread safe; blocks. */
public interface ChainInspector extends AutoCloseable {
    ChainReport inspect(ChainWatch watch);

    @Override
    void close();

    /** Opens it where it is used. */
    @FunctionalInterface
    interface Opener extends Serializable {
        ChainInspector open();
    }
}
