// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.suppression;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.LedgerCounters;
import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.udfs.correlation.suppression.SuppressionActions;

/**
 * Carries out what was decided, and accounts for it. Live, what holds an alert is told at once,
 * since somebody may ask; where every alert has one fate, it is told when it is certain.
 */
abstract class SuppressOutput implements SuppressionActions {
    private final LedgerCounters counters;
    private final FateDetail detail;
    private final SuppressState state;

    SuppressOutput(LedgerCounters counters, FateDetail detail, SuppressState state) {
        this.counters = counters;
        this.detail = detail;
        this.state = state;
    }

    abstract void emit(NotableAlert alert);

    abstract void explain(AlertFate fate);

    @Override
    public final void pass(NotableAlert alert) {
        emit(alert);
    }

    @Override
    public final void hold(FiringAlert held) {
        counters.add(sourceOf(held), held.disposition(), 1);
        if (detail == FateDetail.ALL_BUT_REPEATS) {
            explain(fate(held));
        }
    }

    @Override
    public final void settle(FiringAlert held) {
        if (detail == FateDetail.EVERY_ALERT) {
            explain(fate(held));
        }
    }

    @Override
    public final void release(FiringAlert held, NotableAlert alert) {
        counters.add(sourceOf(held), held.disposition(), -1);
        emit(alert);
    }

    @Override
    public final void remember(FiringAlert firing) {
        stored(() -> state.remember(firing));
    }

    @Override
    public final void forget(Fingerprint fingerprint) {
        stored(() -> state.forget(fingerprint));
    }

    private static String sourceOf(FiringAlert held) {
        return held.notable().alert().id().source();
    }

    private static AlertFate fate(FiringAlert held) {
        Alert alert = held.notable().alert();
        return AlertFate.of(alert, held.disposition(), "correlation", held.reason());
    }

    private static void stored(StateAccess access) {
        try {
            access.run();
        } catch (Exception e) {
            throw new IllegalStateException("The state of suppression cannot be written", e);
        }
    }

    /** State access throws whatever its backend throws. */
    @FunctionalInterface
    private interface StateAccess {
        void run() throws Exception;
    }
}
