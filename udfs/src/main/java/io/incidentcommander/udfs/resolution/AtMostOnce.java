// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.Optional;

/**
 * How a step is carried out at most once, whoever dies when. The ledger is written before the act.
 * Whoever wrote the intent sends; whoever finds one asks the service first, and sends again only
 * with the same token, and only while the service still knows tokens of that age; else a human has
 * to look. Pure: the caller writes, sends and asks, and tells here what came of it.
 */
public final class AtMostOnce {
    /** What the service knows of a token. */
    public enum Known {
        RUNNING,
        SUCCEEDED,
        FAILED,
        /** It has never heard of it, or no longer. */
        UNKNOWN,
        /** It could not be asked. */
        UNREACHABLE
    }

    private final long tokenMillis;
    private final long patienceMillis;

    /**
     * @param tokenMillis how long the service surely knows a token: less than it promises
     * @param patienceMillis after the intent, until a human is asked about what cannot be found out
     */
    public AtMostOnce(long tokenMillis, long patienceMillis) {
        if (tokenMillis <= 0 || patienceMillis < tokenMillis) {
            throw new IllegalArgumentException("A token is trusted for less than patience lasts");
        }
        this.tokenMillis = tokenMillis;
        this.patienceMillis = patienceMillis;
    }

    /** At the beginning, and after any recovery: from what the ledger says. */
    public StepMove begin(
            PlanStep step, Optional<StepRecord> ledger, long nowMillis, boolean stopped) {
        if (ledger.isEmpty()) {
            return stopped
                    ? StepMove.of(StepMove.Kind.NOTHING, "stopped before it began")
                    : StepMove.write(
                            StepMove.Kind.WRITE_INTENT,
                            StepRecord.intent(step, nowMillis),
                            "first of its token");
        }
        StepRecord record = ledger.get();
        if (!record.token().equals(step.token())) {
            throw new IllegalArgumentException("The record is of another step: " + record);
        }
        return record.status().isFinal()
                ? StepMove.of(StepMove.Kind.NOTHING, "is " + record.status())
                : StepMove.of(StepMove.Kind.LOOK_UP, "somebody may have sent it");
    }

    /**
     * After WRITE_INTENT.
     *
     * @param written the condition held: it was this writer
     */
    public StepMove intentAnswered(boolean written, boolean stopped) {
        if (!written) {
            return StepMove.of(StepMove.Kind.LOOK_UP, "somebody else was first");
        }
        return stopped
                ? StepMove.of(StepMove.Kind.LOOK_UP, "stopped: it is not sent")
                : StepMove.of(StepMove.Kind.SEND, "this writer's intent");
    }

    /**
     * Asked again at the very call: a sender may have slept since it was told to send, and so may
     * the emergency stop have come. If not, begin anew from the ledger.
     */
    public boolean maySend(StepRecord ledger, long nowMillis, boolean stopped) {
        return !stopped
                && !ledger.status().isFinal()
                && nowMillis - ledger.intentMillis() < tokenMillis;
    }

    /** After LOOK_UP, or after SEND, whose answer says the same. */
    public StepMove known(StepRecord intent, Known known, long nowMillis, boolean stopped) {
        long age = nowMillis - intent.intentMillis();
        switch (known) {
            case SUCCEEDED:
                return result(intent, StepRecord.Status.DONE, "the service says so");
            case FAILED:
                return result(intent, StepRecord.Status.FAILED, "the service says so");
            case RUNNING:
                return age > patienceMillis
                        ? result(intent, StepRecord.Status.HANDED_OVER, "it runs for too long")
                        : StepMove.of(StepMove.Kind.LOOK_UP, "it runs");
            case UNREACHABLE:
                return age > patienceMillis
                        ? result(intent, StepRecord.Status.HANDED_OVER, "nobody could be asked")
                        : StepMove.of(StepMove.Kind.LOOK_UP, "asked in vain");
            case UNKNOWN:
                if (stopped) {
                    return result(intent, StepRecord.Status.HANDED_OVER, "stopped, and not known");
                }
                return age >= 0 && age < tokenMillis
                        ? StepMove.of(StepMove.Kind.SEND, "with the token of the intent")
                        : result(
                                intent,
                                StepRecord.Status.HANDED_OVER,
                                "the service may have forgotten the token");
        }
        throw new IllegalStateException("No such answer: " + known);
    }

    private static StepMove result(StepRecord intent, StepRecord.Status status, String reason) {
        return StepMove.write(StepMove.Kind.WRITE_RESULT, intent.become(status), reason);
    }
}
