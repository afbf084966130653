// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.udfs.resolution.AtMostOnce;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.StepMove;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes the moves that {@link AtMostOnce} says, until a step has come to its end. */
final class StepRunner {
    private final AtMostOnce rules;
    private final ActionLedger ledger;
    private final ActionClock clock;

    StepRunner(AtMostOnce rules, ActionLedger ledger, ActionClock clock) {
        this.rules = rules;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * @param stopped asked before every effect
     * @return how the step ended; INTENT if it was never begun
     */
    Ended run(PlanStep step, Effects.Hands hands, BooleanSupplier stopped, String what)
            throws InterruptedException {
        Optional<StepRecord> record = ledger.find(step.token());
        StepMove move = rules.begin(step, record, clock.millis(), stopped.getAsBoolean());
        boolean own = false;
        boolean sent = false;
        while (true) {
            switch (move.kind()) {
                case WRITE_INTENT:
                    StepRecord intent = move.record().orElseThrow();
                    boolean written = ledger.intend(intent, what);
                    own = written;
                    record = written ? Optional.of(intent) : ledger.find(step.token());
                    if (record.filter(r -> !r.status().isFinal()).isEmpty()) {
                        move = rules.begin(step, record, clock.millis(), stopped.getAsBoolean());
                    } else {
                        move = rules.intentAnswered(written, stopped.getAsBoolean());
                    }
                    break;
                case SEND:
                    if (!hands.isReady(step, stopped)) {
                        move = said(record.orElseThrow(), Known.UNREACHABLE, stopped);
                    } else if (rules.maySend(
                            record.orElseThrow(), clock.millis(), stopped.getAsBoolean())) {
                        Known answer = hands.start(step);
                        if (answer == Known.FAILED) {
                            answer = refused(own && !sent, hands.lookUp(step));
                        }
                        sent = true;
                        move = said(record.get(), answer, stopped);
                    } else {
                        move = said(record.get(), hands.lookUp(step), stopped);
                    }
                    break;
                case LOOK_UP:
                    Known known = hands.lookUp(step);
                    move = said(record.orElseThrow(), known, stopped);
                    boolean again = move.kind() == StepMove.Kind.SEND && sent;
                    if (again || move.kind() == StepMove.Kind.LOOK_UP) {
                        clock.pause(); // it runs, or is not to be seen yet
                    }
                    break;
                case WRITE_RESULT:
                    StepRecord result = move.record().orElseThrow();
                    StepRecord stands = ledger.conclude(result);
                    return new Ended(
                            stands.status(),
                            stands.status() == result.status()
                                    ? move.reason()
                                    : "somebody else found it so");
                case NOTHING:
                    return new Ended(
                            record.map(StepRecord::status).orElse(StepRecord.Status.INTENT),
                            move.reason());
            }
        }
    }

    /**
     * That a call was refused says nothing of one before it, which may have been this runner's or
     * another's.
     */
    private static Known refused(boolean first, Known seen) {
        if (seen != Known.UNKNOWN && seen != Known.UNREACHABLE) {
            return seen;
        }
        return first ? Known.FAILED : Known.UNREACHABLE;
    }

    private StepMove said(StepRecord intent, Known known, BooleanSupplier stopped) {
        return rules.known(intent, known, clock.millis(), stopped.getAsBoolean());
    }

    /** How a step ended, and why. Immutable. */
    static final class Ended {
        private final StepRecord.Status status;
        private final String reason;

        Ended(StepRecord.Status status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        StepRecord.Status status() {
            return status;
        }

        String reason() {
            return reason;
        }
    }
}
