// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.List;

/** A way of making incidents of alerts, to be compared with others on the same storms. */
public interface Grouper {
    /** For a table. */
    String title();

    /**
     * @param alerts in order of event time
     */
    Groups group(ServiceGraph graph, List<NotableAlert> alerts);
}
