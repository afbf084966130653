// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.datagen.detection.FaultMatch;
import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.FaultTruth;
import io.incidentcommander.datagen.storm.StormChange;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import io.incidentcommander.udfs.lifecycle.SlaClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a run came to: the account, the incidents, and how they compare with the truth. */
public final class RunResult {
    private static final int PROMISED_SECONDS = 180;

    private final Ledger ledger;
    private final long published;
    private final double rate;
    private final List<FaultTruth> truths;
    private final List<StormChange> changes;
    private final List<RunBoard.Standing> incidents;
    private final long events;
    private final StoredIncidents stored;
    private final RunDecisions decisions;
    private final RunDiagnoses diagnoses;
    private final Roster roster;
    private final Optional<String> compromised;
    private final RunTold told;
    private final IncidentCost cost;
    private final SlaClock promises;
    private final RunDisruptions disruptions;
    private final RunCheckpoints checkpoints;

    RunResult(
            Ledger ledger,
            long published,
            double rate,
            List<FaultTruth> truths,
            List<StormChange> changes,
            List<RunBoard.Standing> incidents,
            long events,
            StoredIncidents stored,
            RunDecisions decisions,
            RunDiagnoses diagnoses,
            Roster roster,
            Optional<String> compromised,
            IncidentCost cost,
            SlaClock promises,
            RunTold told,
            RunDisruptions disruptions,
            RunCheckpoints checkpoints) {
        this.ledger = ledger;
        this.published = published;
        this.rate = rate;
        this.truths = truths;
        this.changes = changes;
        this.incidents = incidents;
        this.events = events;
        this.stored = stored;
        this.decisions = decisions;
        this.diagnoses = diagnoses;
        this.roster = roster;
        this.compromised = compromised;
        this.told = told;
        this.cost = cost;
        this.promises = promises;
        this.disruptions = disruptions;
        this.checkpoints = checkpoints;
    }

    /** Whether all that the broker holds is accounted for, alert by alert, with none under way. */
    public boolean isLedgerExact() {
        return ledgerFault().isEmpty();
    }

    /** Why the ledger is not exact, in one line. */
    public Optional<String> ledgerFault() {
        Optional<String> imbalance =
                ledger.imbalanceAgainst(
                        published == 0 ? Map.of() : Map.of(RunNames.SOURCE, published));
        long pending = sum(SourceCounts::pending);
        return imbalance.isPresent() || pending == 0
                ? imbalance
                : Optional.of(pending + " alerts are pending");
    }

    /** Whether the event store holds every event of the topology, its chains whole. */
    public boolean isStoreComplete() {
        return storeFault().isEmpty();
    }

    /** What is wrong with the event store, in one line. */
    public Optional<String> storeFault() {
        if (!stored.wrong().isEmpty()) {
            return Optional.of("broken chain: " + stored.wrong().get(0));
        }
        return stored.events() == events
                ? Optional.empty()
                : Optional.of(events + " events emitted, " + stored.events() + " stored");
    }

    /** Records the broker held at the end. */
    public long published() {
        return published;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Distinct incident events that the topology emitted. */
    public long events() {
        return events;
    }

    /** As they stand in the event store. */
    public List<Incident> incidents() {
        List<Incident> found = new ArrayList<>();
        stored.last().forEach(event -> found.add(event.incident()));
        return found;
    }

    /** Without those that others took over. */
    private List<RunIncident> counted() {
        return incidents().stream()
                .filter(incident -> incident.mergedInto().isEmpty())
                .map(this::told)
                .collect(Collectors.toList());
    }

    private RunIncident told(Incident incident) {
        return new RunIncident(
                incident,
                FaultMatch.of(incident, truths),
                incidents.stream()
                        .filter(s -> s.incident().incidentId().equals(incident.incidentId()))
                        .findFirst(),
                diagnoses,
                decisions,
                cost,
                promises);
    }

    /** As the command line promises. */
    public String json() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("alerts_in", sum(SourceCounts::alerts));
        json.put("rate_achieved", Math.round(rate));
        json.put("reduction", reduction());
        json.put("ledger_exact", isLedgerExact());
        json.put("event_store_complete", isStoreComplete());
        json.put("records_published", published);
        json.put("records_in", ledger.recordsRead());
        json.put("incident_events", events);
        ArrayNode list = json.putArray("incidents");
        counted().forEach(incident -> incident.describe(list.addObject()));
        diagnoses.describe(json);
        told.describe(json);
        DecisionRecord.describe(decisions, roster, compromised, json);
        disruptions.describe(json);
        checkpoints.describe(json);
        ArrayNode faults = json.putArray("faults");
        truths.forEach(truth -> describe(truth, faults.addObject()));
        ArrayNode changed = json.putArray("changes");
        changes.forEach(change -> describe(change, changed.addObject()));
        try {
            ObjectMapper mapper = new ObjectMapper();
            json.set("ledger", mapper.readTree(AuditJson.of(ledger)));
            return mapper.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("A ledger is an object", e);
        }
    }

    /** For a human, some lines. */
    public String text() {
        StringBuilder text = new StringBuilder();
        long alerts = sum(SourceCounts::alerts);
        line(text, "records    %,d published, %,.0f/s", published, rate);
        line(text, "alerts     %,d in %,d records", alerts, ledger.recordsRead());
        line(
                text,
                "           %,d delivered, %,d grouped, %,d duplicate, %,d sampled out, %,d late",
                of(Disposition.DELIVERED),
                of(Disposition.GROUPED),
                of(Disposition.DUPLICATE),
                of(Disposition.SAMPLED_OUT),
                of(Disposition.LATE));
        line(
                text,
                "incidents  %,d: %.3f %% fewer than alerts",
                counted().size(),
                Math.floor(100_000 * reduction()) / 1_000);
        line(text, "ledger     %s", ledgerFault().map(why -> "NOT exact: " + why).orElse("exact"));
        line(
                text,
                "events     %s",
                storeFault()
                        .map(why -> "NOT complete: " + why)
                        .orElse(
                                String.format(
                                        "%,d, all stored, %,d of them in the second region,"
                                                + " chains verified",
                                        events, stored.replicated())));
        text.append(diagnoses.text());
        text.append(told.text());
        text.append(DecisionRecord.text(decisions, roster, compromised));
        text.append(disruptions.text());
        text.append(checkpoints.text());
        text.append(endings());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(format, values)).append(System.lineSeparator());
    }

    /** Share of the alerts that nobody has to look at: 1 - incidents / alerts. */
    private double reduction() {
        long alerts = sum(SourceCounts::alerts);
        return alerts == 0 ? 0 : 1 - (double) counted().size() / alerts;
    }

    /** How incidents ended, and how fast. */
    private String endings() {
        List<RunIncident> all = counted();
        double[] repairs =
                all.stream()
                        .flatMapToDouble(incident -> incident.repairSeconds().stream())
                        .toArray();
        BigDecimal avoided =
                all.stream().map(RunIncident::avoidedUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
        long escalated = all.stream().filter(i -> i.state() == IncidentState.ESCALATED).count();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "resolved   %,d of %,d, %,d with a human, %,d under way%s",
                repairs.length,
                all.size(),
                escalated,
                all.size() - repairs.length - escalated,
                repairs.length == 0 ? "" : "; " + speed(repairs));
        if (repairs.length > 0) {
            line(
                    text,
                    "           %,.2f USD less than had each gone on for another %d minutes, which"
                            + " is assumed of a human; actions went to a stub, approvals came from"
                            + " a stand-in",
                    avoided,
                    RunIncident.HUMAN_MILLIS / 60_000);
        }
        for (RunIncident incident : all) {
            incident.lines().forEach(told -> line(text, "           %s", told));
        }
        return text.toString();
    }

    private static String speed(double[] repairs) {
        return String.format(
                "MTTR %.1f s on average, %.1f s at most, %,d within the %d s promised",
                Arrays.stream(repairs).average().orElseThrow(),
                Arrays.stream(repairs).max().orElseThrow(),
                Arrays.stream(repairs).filter(seconds -> seconds <= PROMISED_SECONDS).count(),
                PROMISED_SECONDS);
    }

    /** What really happened, beside what was found. */
    private void describe(FaultTruth truth, ObjectNode json) {
        json.put("scenario", truth.scenario().optionName());
        json.put("type", truth.type().word());
        json.put("severity", truth.severity().name());
        json.put("origin", truth.origin());
        ArrayNode services = json.putArray("services");
        truth.affectedServices().forEach(services::add);
        json.put("fault_at", truth.faultMillis());
        json.put("first_symptom_at", truth.firstSymptomMillis());
        json.put("over_at", truth.endMillis());
        json.put("usd_per_minute", truth.scenario().usdPerMinute());
        long found =
                counted().stream()
                        .filter(incident -> incident.fault().filter(truth::equals).isPresent())
                        .count();
        json.put("incidents", found);
    }

    /** What really came of it, beside what people were told. */
    private static void describe(StormChange change, ObjectNode json) {
        json.put("service", change.service());
        json.put("what", change.what());
        json.put("at", change.atMillis());
        json.put("causes", change.causes().map(FaultScenario::optionName).orElse(null));
    }

    private long of(Disposition disposition) {
        return sum(counts -> counts.alerts(disposition));
    }

    private long sum(ToLongFunction<SourceCounts> part) {
        return ledger.counts().values().stream().mapToLong(part).sum();
    }
}
