// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.OptionalDouble;

/** What came of a simulation. Immutable. */
public final class SimulationResult {
    private final SimulationPlan plan;
    private final int byzantine;
    private final int byzantinePpm;
    private final int[] counts;
    private final int[] roundsToQuarantine;
    private final Map<String, Baselines.Score> baselines;
    private final Faults faults;

    /**
     * @param counts decisions, wrong, undecided, escalated, Byzantine and honest agents that were
     *     quarantined, rounds to recovery
     * @param roundsToQuarantine of the Byzantine agents that were, ascending
     */
    SimulationResult(
            SimulationPlan plan,
            int byzantine,
            int byzantinePpm,
            int[] counts,
            int[] roundsToQuarantine,
            Map<String, Baselines.Score> baselines,
            Faults faults) {
        this.faults = faults;
        this.plan = plan;
        this.byzantine = byzantine;
        this.byzantinePpm = byzantinePpm;
        this.counts = counts.clone();
        this.roundsToQuarantine = roundsToQuarantine.clone();
        this.baselines = baselines;
    }

    public SimulationPlan plan() {
        return plan;
    }

    /** Of voting power, in millionths, while all are trusted alike. */
    public int byzantinePpm() {
        return byzantinePpm;
    }

    public int byzantine() {
        return byzantine;
    }

    /** Agreed by more than two thirds of the power. */
    public int decisions() {
        return counts[0];
    }

    /** Agreed, and for an action that was not the right one. */
    public int wrongDecisions() {
        return counts[1];
    }

    /** Ended without agreement; a human decides. */
    public int undecided() {
        return counts[2];
    }

    /** Handed to a human: undecided, or decided to. */
    public int escalated() {
        return counts[3];
    }

    public int byzantineQuarantined() {
        return counts[4];
    }

    public int honestQuarantined() {
        return counts[5];
    }

    /** From the first strike to the last decision that failed before ten in a row that did not. */
    public int roundsToRecover() {
        return counts[6];
    }

    /** From the first strike; empty if no Byzantine agent was quarantined. */
    public OptionalDouble roundsToQuarantineMedian() {
        int half = roundsToQuarantine.length / 2;
        if (roundsToQuarantine.length == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                roundsToQuarantine.length % 2 == 1
                        ? roundsToQuarantine[half]
                        : (roundsToQuarantine[half - 1] + roundsToQuarantine[half]) / 2.0);
    }

    public Map<String, Baselines.Score> baselines() {
        return baselines;
    }

    /** What the network did. */
    public Faults faults() {
        return faults;
    }

    /** As one JSON object; the writer stays open. */
    public void writeJson(Writer out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeNumberField("decisions", decisions());
        json.writeNumberField("wrong_decisions", wrongDecisions());
        json.writeNumberField("undecided", undecided());
        json.writeNumberField("escalated", escalated());
        json.writeNumberField("byzantine_quarantined", byzantineQuarantined());
        json.writeNumberField("honest_quarantined", honestQuarantined());
        json.writeFieldName("rounds_to_quarantine_median");
        if (roundsToQuarantineMedian().isPresent()) {
            json.writeNumber(roundsToQuarantineMedian().getAsDouble());
        } else {
            json.writeNull();
        }
        json.writeObjectFieldStart("baselines");
        for (Map.Entry<String, Baselines.Score> baseline : baselines.entrySet()) {
            json.writeObjectFieldStart(baseline.getKey());
            json.writeNumberField("wrong_decisions", baseline.getValue().wrong());
            json.writeNumberField("undecided", baseline.getValue().undecided());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeNumberField("rounds_to_recover", roundsToRecover());
        json.writeStringField("attack", plan.attack().word());
        json.writeNumberField("agents", plan.agents());
        json.writeNumberField("byzantine", byzantine);
        json.writeNumberField("byzantine_power_ppm", byzantinePpm);
        json.writeNumberField("rounds", plan.rounds());
        json.writeNumberField("seed", plan.seed());
        json.writeStringField("network", plan.network().word());
        json.writeNumberField("votes_lost", faults.lost());
        json.writeNumberField("votes_doubled", faults.doubled());
        json.writeNumberField("restores", faults.restores());
        json.writeEndObject();
        json.close();
    }
}
