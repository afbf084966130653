// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.suppression;

import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.sampling.NotableAlert;

/** What {@link TenantAlerts} decides, to be carried out in the order it comes. */
public interface SuppressionActions {
    /** The alert goes on. */
    void pass(NotableAlert alert);

    /** The alert does not go on, for the time being; it counts as what holds it. */
    void hold(FiringAlert held);

    /** It never will: what was held was resolved, replaced or forgotten. Its count stands. */
    void settle(FiringAlert held);

    /** It goes on now as {@code alert}, and no longer counts as held. */
    void release(FiringAlert held, NotableAlert alert);

    /** To be kept as state, in place of what was kept for its fingerprint. */
    void remember(FiringAlert firing);

    /** No longer to be kept. */
    void forget(Fingerprint fingerprint);
}
