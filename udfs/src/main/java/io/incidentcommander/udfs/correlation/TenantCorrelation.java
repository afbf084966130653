// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.correlation.GroupRate;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.model.sampling.BudgetAccount;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.detection.TenantSources;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Correlation of one tenant: what is known, and what becomes of the next alert. A function of the
 * snapshot it was made of and the calls since, in their order; the cost of a call does not depend
 * on how much is live. Knows event time alone. Owned by one thread.
 *
 * <p>Alerts come in the order of {@link NotableAlert#IN_TIME}, late ones excepted.
 */
public final class TenantCorrelation {
    private final CorrelationPolicy policy;
    private final BaseRates rates;
    private final Background background;
    private final LiveEntries entries;
    private final IncidentBook book;
    private final Correlator correlator;
    private final PatternMemory patterns = new PatternMemory();
    private final TenantSources sources = new TenantSources();
    private BudgetAccount budget;
    private Neighbourhoods near;

    /** Of a tenant whose services nobody knows. */
    public TenantCorrelation(CorrelationPolicy policy, CorrelationSnapshot known) {
        this(policy, Catalogues.none(), known);
    }

    /**
     * @param catalogues that incidents are priced by, each at its time
     */
    public TenantCorrelation(
            CorrelationPolicy policy, Catalogues catalogues, CorrelationSnapshot known) {
        this.policy = policy;
        this.rates = new BaseRates(known.kinds(), known.groups());
        this.entries = new LiveEntries(policy.liveEntries(), policy.idleMillis());
        this.book =
                new IncidentBook(
                        new IncidentEvents(
                                Correlator.STAGE,
                                new IncidentCost(policy.cost(), catalogues),
                                patterns,
                                sources),
                        policy.idleMillis());
        this.background = new Background(policy.outbreaksPerDay());
        this.correlator = new Correlator(policy, rates, background, entries, book);
        this.budget = known.budget();
        this.near = new Neighbourhoods(Topology.empty(), entries.pin(List.of()));
        background.restore(known.groups());
        book.restore(known.incidents());
        entries.restore(known.entries(), book::find);
        patterns.restore(known.matches());
        sources.restore(known.sources());
    }

    /** From here on the services call each other so. */
    public void topology(Topology topology) {
        if (!topology.equals(near.topology())) {
            near = new Neighbourhoods(topology, entries.pin(topology.services()));
            book.topology(topology);
        }
    }

    /**
     * From here on the tenant expects to hear from these sources.
     *
     * @param nowMillis event time from which on new ones are waited for
     */
    public void expect(String tenant, List<SourceExpectation> expected, long nowMillis) {
        sources.expect(tenant, expected, nowMillis);
    }

    /** What a source brought; of no account if it is not expected. */
    public void take(SourceReport report) {
        sources.take(report);
    }

    /**
     * A pattern was seen; all alerts up to its end were taken before. It is evidence of the open
     * incident that showed something at the service it began at, and of one that will.
     */
    public List<IncidentEvent> take(PatternMatch match) {
        List<IncidentEvent> told = new ArrayList<>(1);
        patterns.expire(match.lastMillis());
        patterns.add(match);
        correlator.of(match).ifPresent(incident -> book.see(incident, match, told));
        return told;
    }

    /** That many alerts came, repeats and sampled ones too; what the budget is a share of. */
    public void seen(long timeMillis, long alerts) {
        budget = budget.plusSeen(alerts);
        rates.touch(timeMillis);
    }

    /** What becomes of the alert, and of incidents that are over before it. */
    public Assignment take(NotableAlert notable) {
        return decide(notable, false);
    }

    /** The same in little time: by service alone. */
    public Assignment takeByService(NotableAlert notable) {
        return decide(notable, true);
    }

    /**
     * Closes the incidents that are over.
     *
     * @param timeMillis event time up to which all alerts came
     */
    public List<IncidentEvent> advance(long timeMillis) {
        List<IncidentEvent> told = new ArrayList<>();
        book.closeUntil(timeMillis, told);
        entries.expire(timeMillis);
        patterns.expire(timeMillis);
        return told;
    }

    /** Event time at which an incident is over if nothing comes; empty if none is open. */
    public Optional<Long> nextOver() {
        return book.nextOver();
    }

    /** Event time at which nothing is known any more if nothing comes. */
    public long forgottenAt() {
        return Math.max(
                rates.forgottenAt(), Math.max(patterns.forgottenAt(), sources.forgottenAt()));
    }

    /** What later alerts are compared with. */
    public int liveEntries() {
        return entries.size();
    }

    public CorrelationSnapshot snapshot() {
        List<GroupRate> groups = new ArrayList<>(rates.groups());
        groups.addAll(background.groups());
        return new CorrelationSnapshot(
                budget,
                rates.kinds(),
                groups,
                book.known(),
                entries.live(),
                patterns.snapshot(),
                sources.snapshot());
    }

    private Assignment decide(NotableAlert notable, boolean byService) {
        Alert alert = notable.alert();
        List<IncidentEvent> told = new ArrayList<>(2);
        book.closeUntil(alert.eventTimeMillis() - 1, told);
        if (near.topology().knows(alert.service())) {
            background.watch(alert.eventTimeMillis());
        }
        List<String> traits = AlertTraits.of(alert);
        AlertRates usual = rates.observe(alert, traits);
        Optional<String> refusal = policy.budget().refusal(budget, notable, usual.kind());
        if (refusal.isPresent()) {
            return Assignment.sampledOut(refusal.get(), told);
        }
        budget = budget.plusKept(alert.eventTimeMillis());
        return byService
                ? correlator.assignByService(notable, traits, near, told)
                : correlator.assign(notable, traits, usual, near, told);
    }
}
