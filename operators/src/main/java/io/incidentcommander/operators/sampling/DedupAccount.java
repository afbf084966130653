// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.LedgerCounters;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.udfs.sampling.DedupDecision;
import io.incidentcommander.udfs.sampling.RunDecision;
import io.incidentcommander.udfs.sampling.RunDecision.Notified;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.core.memory.DataInputDeserializer;

/**
 * Carries out what deduplication decided: passes alerts on, counts the others, and explains them.
 *
 * <p>With {@link FateDetail#ALL_BUT_REPEATS} the first repeat of a fingerprint in a minute of event
 * time is explained, and stands for the rest of that minute; the minute in which an alert went on
 * is explained by that alert.
 */
final class DedupAccount {
    private static final String STAGE = "sampling";
    private static final long MINUTE_MILLIS = 60_000;

    private final FateDetail detail;
    private final LedgerCounters counters;
    private final Consumer<NotableAlert> notable;
    private final Consumer<AlertFate> fates;
    private final Alert.AlertCodec alertCodec = new Alert.AlertCodec();
    private final DataInputDeserializer decoding = new DataInputDeserializer();

    DedupAccount(
            FateDetail detail,
            LedgerCounters counters,
            Consumer<NotableAlert> notable,
            Consumer<AlertFate> fates) {
        this.detail = detail;
        this.counters = counters;
        this.notable = notable;
        this.fates = fates;
    }

    /**
     * @param before what was known before the decision
     */
    void of(Optional<KnownAlert> before, DedupDecision decision) throws IOException {
        AlertRun ending = null;
        for (RunDecision run : decision.runs()) {
            ending = run.notified() == Notified.LAST ? run.run() : ending;
        }
        long explainedMinute =
                before.map(known -> minute(known.lastSeenMillis())).orElse(Long.MIN_VALUE);
        for (RunDecision run : decision.runs()) {
            carryOut(run, ending);
            if (detail == FateDetail.ALL_BUT_REPEATS
                    && before.isPresent()
                    && run.notified() == Notified.NONE
                    && run.rest() == Disposition.DUPLICATE
                    && minute(run.run().firstMillis()) > explainedMinute) {
                explainedMinute = minute(run.run().firstMillis());
                explainMinute(run);
            }
        }
    }

    /** Alerts that were at an end of a run, and no longer are, are repeats now. */
    void merged(AlertRun one, AlertRun other, AlertRun merged) {
        if (detail != FateDetail.EVERY_ALERT) {
            return;
        }
        Set<AlertId> ends = new TreeSet<>();
        for (AlertRun run : List.of(one, other)) {
            ends.add(run.firstId());
            ends.add(run.lastId());
        }
        ends.remove(merged.firstId());
        ends.remove(merged.lastId());
        for (AlertId id : ends) {
            fates.accept(
                    AlertFate.of(id, Disposition.DUPLICATE, STAGE, "repeat within seconds")
                            .representedBy(merged.firstId()));
        }
    }

    /**
     * @param ending the run whose last alert goes on by a decision of its own, or null
     */
    @SuppressWarnings("ReferenceEquality")
    private void carryOut(RunDecision decision, AlertRun ending) throws IOException {
        AlertRun run = decision.run();
        if (decision.notified() == Notified.LAST) {
            pass(decision, run.lastId(), run.lastMillis());
            return;
        }
        boolean first = decision.notified() == Notified.FIRST;
        boolean last = run == ending;
        if (first) {
            pass(decision, run.firstId(), run.firstMillis());
        }
        int passed = (first ? 1 : 0) + (last ? 1 : 0);
        int ends = (first ? 0 : 1) + (run.count() > 1 && !last ? 1 : 0);
        if (ends > 0) {
            counters.add(run.source(), decision.rest(), ends);
        }
        if (run.count() > passed + ends) { // As the fates have it: absorbed within a slice.
            counters.add(run.source(), Disposition.DUPLICATE, run.count() - passed - ends);
        }
        if (detail == FateDetail.EVERY_ALERT) {
            if (!first) {
                explain(run.firstId(), decision);
            }
            if (run.count() > 1 && !last) {
                explain(run.lastId(), decision);
            }
        } else if (decision.rest() != Disposition.DUPLICATE) {
            explain(run.firstId(), decision);
        }
    }

    private void pass(RunDecision decision, AlertId id, long timeMillis) throws IOException {
        AlertRun run = decision.run();
        Alert alert =
                firstAlert(run).toBuilder()
                        .id(id)
                        .severity(run.severity())
                        .status(run.status())
                        .eventTimeMillis(timeMillis)
                        .build();
        notable.accept(new NotableAlert(alert, decision.reason().get(), 1));
    }

    private void explain(AlertId id, RunDecision decision) throws IOException {
        AlertFate fate =
                AlertFate.of(id, decision.rest(), STAGE, reason(decision.rest()))
                        .representedBy(decision.representative());
        fates.accept(id.isRaised() ? fate.saying(firstAlert(decision.run()).summary()) : fate);
    }

    private Alert firstAlert(AlertRun run) throws IOException {
        decoding.setBuffer(run.firstAlert());
        return alertCodec.read(decoding);
    }

    private void explainMinute(RunDecision decision) {
        fates.accept(
                AlertFate.of(
                                decision.run().firstId(),
                                Disposition.DUPLICATE,
                                STAGE,
                                reason(Disposition.DUPLICATE)
                                        + "; stands for all repeats of "
                                        + decision.run().fingerprint()
                                        + " in this minute")
                        .representedBy(decision.representative()));
    }

    private static long minute(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS);
    }

    private static String reason(Disposition rest) {
        switch (rest) {
            case DUPLICATE:
                return "repeat of an alert that is known in this state";
            case LATE:
                return "came after a later state of the same alert was decided on";
            default:
                return rest.word();
        }
    }
}
