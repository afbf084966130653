// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The catalogues of a tenant over time, each put together when it is first asked for. Bound: one
 * for each time at which a document that is known took effect, until {@link #clear}.
 */
final class CatalogueSpans {
    private final TreeMap<Long, Catalogues.Span> known = new TreeMap<>();

    /** The documents are others by now. */
    void clear() {
        known.clear();
    }

    /**
     * @param books of documents, in the order in which they count: of a service in several the last
     */
    Catalogues.Span at(List<Collection<DocumentVersions>> books, long millis) {
        Map.Entry<Long, Catalogues.Span> before = known.floorEntry(millis);
        if (before != null && millis < before.getValue().untilMillis()) {
            return before.getValue();
        }
        List<CatalogueEntry> services = new ArrayList<>();
        long from = Long.MIN_VALUE;
        long until = Long.MAX_VALUE;
        for (Collection<DocumentVersions> book : books) {
            for (DocumentVersions versions : book) {
                versions.at(millis).ifPresent(held -> services.addAll(held.document().services()));
                from = Math.max(from, versions.fromAt(millis));
                until = Math.min(until, versions.untilAt(millis));
            }
        }
        Catalogues.Span span = new Catalogues.Span(ServiceCatalogue.of(services), until);
        known.put(from, span);
        return span;
    }
}
