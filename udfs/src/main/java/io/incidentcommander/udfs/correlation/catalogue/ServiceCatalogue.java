// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.catalogue;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The services of a tenant. A service that is in no catalogue is a SUPPORTING one of nobody. */
public final class ServiceCatalogue {
    private static final ServiceCatalogue EMPTY = new ServiceCatalogue(new TreeMap<>());

    private final SortedMap<String, CatalogueEntry> entries;

    private ServiceCatalogue(SortedMap<String, CatalogueEntry> entries) {
        this.entries = Collections.unmodifiableSortedMap(entries);
    }

    public static ServiceCatalogue empty() {
        return EMPTY;
    }

    /** Of several entries for a service the last counts. */
    public static ServiceCatalogue of(Collection<CatalogueEntry> entries) {
        TreeMap<String, CatalogueEntry> byName = new TreeMap<>();
        entries.forEach(entry -> byName.put(entry.service(), entry));
        return new ServiceCatalogue(byName);
    }

    /** By name, unmodifiable. */
    public SortedMap<String, CatalogueEntry> entries() {
        return entries;
    }

    public boolean knows(String service) {
        return entries.containsKey(service);
    }

    public CatalogueEntry get(String service) {
        CatalogueEntry entry = entries.get(service);
        return entry != null ? entry : CatalogueEntry.of(service).build();
    }
}
