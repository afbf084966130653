// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.diagnosis.DiagnosisJson;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.udfs.diagnosis.metrics.MetricEvidence;
import java.util.List;
import java.util.Optional;

/** What a run has held to be the causes of its incidents. Immutable. */
final class RunDiagnoses {
    private final List<Made> made;
    private final long known;
    private final int learned;
    private final boolean stub;

    /**
     * @param made in the order in which they came
     * @param known patterns of runs before
     * @param learned patterns kept for the next time
     * @param stub whether what answers in a model's place is a stub
     */
    RunDiagnoses(List<Made> made, long known, int learned, boolean stub) {
        this.made = List.copyOf(made);
        this.known = known;
        this.learned = learned;
        this.stub = stub;
    }

    static RunDiagnoses none() {
        return new RunDiagnoses(List.of(), 0, 0, true);
    }

    List<Made> made() {
        return made;
    }

    boolean isStub() {
        return stub;
    }

    /** Of the incident. */
    Optional<Made> first(String incidentId) {
        return made.stream().filter(m -> m.diagnosis.incidentId().equals(incidentId)).findFirst();
    }

    /** The newest of the incident. */
    Optional<Made> last(String incidentId) {
        return made.stream()
                .filter(m -> m.diagnosis.incidentId().equals(incidentId))
                .reduce((a, b) -> b);
    }

    /** The newest of the incident, and when the first was seen. */
    void describe(String incidentId, long beganMillis, ObjectNode json) {
        Optional<Made> first = first(incidentId);
        if (first.isEmpty()) {
            json.putNull("diagnosed_s");
            json.putNull("diagnosis");
            return;
        }
        json.put("diagnosed_s", (first.get().seenMillis - beganMillis) / 1000.0);
        Diagnosis last = last(incidentId).orElseThrow().diagnosis;
        ObjectNode node = json.putObject("diagnosis");
        DiagnosisJson.describe(last, node);
        node.put("stub", stub && last.source().road() == DiagnosisSource.Road.MODEL);
    }

    /** All of them together. */
    void describe(ObjectNode json) {
        ObjectNode node = json.putObject("diagnoses");
        node.put("made", made.size());
        node.put("model", stub ? "stub" : "bedrock");
        Spend spend = Spend.NONE;
        for (DiagnosisSource.Road road : DiagnosisSource.Road.values()) {
            node.put(
                    "by_" + road.word(),
                    made.stream().filter(m -> m.diagnosis.source().road() == road).count());
        }
        for (Made one : made) {
            spend = spend.plus(one.diagnosis.spend());
        }
        node.put(
                "citing_metrics",
                made.stream().filter(m -> MetricEvidence.told(m.diagnosis).isPresent()).count());
        node.put("spend_usd", spend.usd());
        node.put("patterns_known", known);
        node.put("recalled", recalled());
        node.put("patterns_learned", learned);
        ArrayNode incidents = node.putArray("ids");
        made.forEach(one -> incidents.add(one.diagnosis.id()));
    }

    private long recalled() {
        return made.stream().filter(m -> !m.diagnosis.recollection().hits().isEmpty()).count();
    }

    /** One line for a human. */
    String text() {
        long byModel =
                made.stream()
                        .filter(m -> m.diagnosis.source().road() == DiagnosisSource.Road.MODEL)
                        .count();
        return String.format(
                "diagnoses  %,d, %,d by %s, the rest without a model; %,d cite metrics%n"
                        + "memory     %,d patterns of earlier runs; %,d diagnoses recalled"
                        + " incidents before; %,d patterns learned%n",
                made.size(),
                byModel,
                stub ? "the stub that stands for one" : "a model",
                made.stream().filter(m -> MetricEvidence.told(m.diagnosis).isPresent()).count(),
                known,
                recalled(),
                learned);
    }

    /** A diagnosis, and when the world outside the topology first heard of it. */
    static final class Made {
        private final Diagnosis diagnosis;
        private final long seenMillis;

        Made(Diagnosis diagnosis, long seenMillis) {
            this.diagnosis = diagnosis;
            this.seenMillis = seenMillis;
        }

        Diagnosis diagnosis() {
            return diagnosis;
        }

        /** Epoch ms, by this machine's clock. */
        long seenMillis() {
            return seenMillis;
        }

        /** One line for a human. */
        String line(boolean stub) {
            boolean byModel = diagnosis.source().road() == DiagnosisSource.Road.MODEL;
            return "cause at "
                    + Math.round(100 * diagnosis.confidence())
                    + " % by "
                    + diagnosis.source().road().word()
                    + (byModel && stub ? " (a stub)" : "")
                    + ": "
                    + diagnosis.rootCause()
                    + measured()
                    + remembered();
        }

        /** What the metrics say, where that is not the diagnosis itself. */
        private String measured() {
            return diagnosis.source().road() == DiagnosisSource.Road.CAUSAL
                    ? ""
                    : MetricEvidence.told(diagnosis)
                            .map(step -> " (" + step.claim() + ")")
                            .orElse("");
        }

        /** Which incident before is most like this one, and how like it was. */
        private String remembered() {
            List<MemoryHit> hits = diagnosis.recollection().hits();
            if (hits.isEmpty()) {
                return "";
            }
            MemoryHit best = hits.get(0);
            return " (recalled incident "
                    + best.incidentId()
                    + ", "
                    + best.type().word()
                    + " of "
                    + where(best)
                    + ": "
                    + best.remedy()
                    + (best.worked() > 0 ? " helped)" : " did not help)");
        }

        private static String where(MemoryHit hit) {
            int more = hit.services().size() - 1;
            return more < 0 ? "-" : hit.services().get(0) + (more > 0 ? " +" + more : "");
        }
    }
}
