// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import static io.incidentcommander.udfs.correlation.CorrelationAlerts.IDLE;
import static io.incidentcommander.udfs.correlation.CorrelationAlerts.T0;
import static io.incidentcommander.udfs.correlation.CorrelationAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.udfs.detection.TenantSources;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What is near is not looked at only if nothing there could be a cause. */
class OutbreakProperties {
    private static final double MOST = 0.3;

    @Property(tries = 500)
    void whatIsFoundIsWhatIsFoundByLookingAtEverything(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 12) int services,
            @ForAll @IntRange(min = 1, max = 4) int incidents,
            @ForAll @IntRange(min = 1, max = 60) int shown,
            @ForAll @DoubleRange(min = -6, max = -3) double magnitude) {
        Company company = new Company(seed, services, incidents, shown);
        double background = Math.pow(10, magnitude);

        List<Double> all = company.chances(background, 1);

        assertThat(company.chances(background, MOST))
                .isEqualTo(all.stream().filter(c -> c <= MOST).collect(Collectors.toList()));
        double bound = company.near.mostRate(company.asked.service(), company.entries.widest());
        assertThat(all).allMatch(c -> background / c - background <= bound * (1 + 1e-6));
        assertThat(bound)
                .isLessThanOrEqualTo(
                        Neighbourhoods.mostRate(company.entries.widest()) * (1 + 1e-6));
    }

    @Property(tries = 200)
    void theBroadestIsKnownAsEntriesComeAndGo(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int incidents,
            @ForAll @IntRange(min = 1, max = 60) int shown) {
        Company company = new Company(seed, 12, incidents, shown);
        Map<String, Integer> entries = new HashMap<>();
        company.entries.live().forEach(e -> entries.merge(e.incidentId(), 1, Integer::sum));

        assertThat(company.entries.widest())
                .isEqualTo(entries.values().stream().mapToInt(n -> n).max().orElse(0));
        company.entries.expire(T0 + 3 * IDLE);
        assertThat(company.entries.widest()).isZero();
    }

    /** Services that call each other in any way, and what incidents showed there. */
    private static final class Company {
        private final LiveEntries entries = new LiveEntries(40, IDLE);
        private final Neighbourhoods near;
        private final Alert asked;

        Company(long seed, int services, int incidents, int shown) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ServiceCall> calls = new ArrayList<>();
            for (int i = 1; i < 2 * services; i++) {
                int caller = random.nextInt(services);
                int callee = (caller + 1 + random.nextInt(services - 1)) % services;
                calls.add(ServiceCall.of("s" + caller, "s" + callee));
            }
            Topology topology = Topology.of(calls);
            near = new Neighbourhoods(topology, entries.pin(topology.services()));
            IncidentEvents events =
                    new IncidentEvents(
                            "correlation",
                            IncidentCost.supporting(new BigDecimal("100")),
                            new PatternMemory(),
                            new TenantSources());
            List<LiveIncident> live = new ArrayList<>();
            for (int i = 0; i < incidents; i++) {
                live.add(events.watch(alert("s0", "first of " + i, T0)));
            }
            long time = T0;
            for (int i = 0; i < shown; i++) {
                time += random.nextInt(10) == 0 ? random.nextInt(60_000) : 0;
                String service = "s" + random.nextInt(services);
                Alert alert = alert(service, "kind " + random.nextInt(2), time).alert();
                entries.put(live.get(random.nextInt(incidents)), alert, List.of(), 0);
            }
            asked = alert("s" + random.nextInt(services), "asked", time).alert();
        }

        List<Double> chances(double background, double most) {
            return new Outbreak()
                            .of(asked, asked.eventTimeMillis() - IDLE, false)
                            .unexplained(entries, near, background, most)
                            .stream()
                            .map(Relation::chance)
                            .collect(Collectors.toList());
        }
    }
}
