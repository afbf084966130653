// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.udfs.correlation.calendar.PlannedWindow;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.ServiceCatalogue;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.correlation.inhibition.InhibitRule;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.silence.SilenceIndex;
import io.incidentcommander.udfs.correlation.silence.SilencePeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What holds for a tenant over a stretch of event time: its documents and everybody's, as one. Each
 * question is answered by a reason, or by nothing. Valid until the {@link ControlBook} it came from
 * changes; silences of single updates are seen as they come and go.
 */
public final class TenantRules {
    private final ServiceCatalogue catalogue;
    private final List<SourceExpectation> sources;
    private final Topology topology;
    private final List<InhibitRule> inhibition = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<PlannedWindow> maintenance = new ArrayList<>();
    private final List<PlannedWindow> freezes = new ArrayList<>();
    private final List<SilenceIndex> silences;

    /**
     * @param documents in the order in which they count: of a service or source in several, the
     *     last
     */
    TenantRules(List<ControlDocument> documents, List<SilenceIndex> silences) {
        List<CatalogueEntry> services = new ArrayList<>();
        Map<String, SourceExpectation> expected = new TreeMap<>();
        List<ServiceCall> calls = new ArrayList<>();
        for (ControlDocument document : documents) {
            services.addAll(document.services());
            document.sources().forEach(source -> expected.put(source.source(), source));
            calls.addAll(document.calls());
            inhibition.addAll(document.inhibition());
            document.route().ifPresent(routes::add);
            maintenance.addAll(document.maintenance());
            freezes.addAll(document.freezes());
        }
        this.catalogue = ServiceCatalogue.of(services);
        this.sources = List.copyOf(expected.values());
        this.topology = calls.isEmpty() ? Topology.empty() : Topology.of(calls);
        this.silences = silences;
    }

    public ServiceCatalogue catalogue() {
        return catalogue;
    }

    /** By id; those that the tenant expects to hear from. */
    public List<SourceExpectation> sources() {
        return sources;
    }

    public Topology topology() {
        return topology;
    }

    public List<InhibitRule> inhibition() {
        return inhibition;
    }

    /** The routes an alert takes, over all routing trees there are. */
    public List<Route> routes(LabelSet labels) {
        List<Route> taken = new ArrayList<>(1);
        routes.forEach(root -> taken.addAll(root.match(labels)));
        return taken;
    }

    /**
     * Why nobody hears of an alert with these labels: a route that is muted, a window, a silence.
     */
    public Optional<String> silenced(LabelSet labels, long millis) {
        Optional<String> reason = muted(labels, millis);
        if (reason.isEmpty()) {
            reason = first(maintenance, labels, millis).map(w -> "maintenance window " + w.words());
        }
        if (reason.isEmpty()) {
            reason = silence(labels, millis).map(SilencePeriod::words);
        }
        return reason;
    }

    /** Why nobody may change what has these labels now. */
    public Optional<String> frozen(LabelSet labels, long millis) {
        return first(freezes, labels, millis).map(window -> "change freeze " + window.words());
    }

    /** Only if every route it takes is muted: along any other it is heard. */
    private Optional<String> muted(LabelSet labels, long millis) {
        Optional<String> first = Optional.empty();
        for (Route route : routes(labels)) {
            Optional<String> muted = route.mutedAt(millis);
            if (muted.isEmpty()) {
                return Optional.empty();
            }
            first = first.isPresent() ? first : muted;
        }
        return first;
    }

    private Optional<SilencePeriod> silence(LabelSet labels, long millis) {
        Optional<SilencePeriod> best = Optional.empty();
        for (SilenceIndex index : silences) {
            Optional<SilencePeriod> found = index.find(labels, millis);
            if (found.isPresent()
                    && (best.isEmpty() || found.get().untilMillis() > best.get().untilMillis())) {
                best = found;
            }
        }
        return best;
    }

    private static Optional<PlannedWindow> first(
            List<PlannedWindow> windows, LabelSet labels, long millis) {
        return windows.stream().filter(window -> window.holds(labels, millis)).findFirst();
    }
}
