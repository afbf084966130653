// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whoever acts dies before or after a call that leaves something behind: the n-th such moment. */
final class Killing {
    private int left;
    private int seen;

    /**
     * @param moment from 0; one that never comes kills nobody
     */
    Killing(int moment) {
        this.left = moment;
    }

    /** Moments that came. */
    int seen() {
        return seen;
    }

    private <T> T around(Supplier<T> call) {
        moment();
        T answer = call.get();
        moment();
        return answer;
    }

    private void moment() {
        seen++;
        if (left-- == 0) {
            throw new Killed();
        }
    }

    /** Nothing after it is done by whom it meets. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    ActionLedger ledger(ActionLedger real) {
        return new ActionLedger() {
            @Override
            public Optional<StepRecord> find(UUID token) {
                return real.find(token);
            }

            @Override
            public boolean intend(StepRecord intent, String what) {
                return around(() -> real.intend(intent, what));
            }

            @Override
            public StepRecord conclude(StepRecord result) {
                return around(() -> real.conclude(result));
            }

            @Override
            public Optional<String> stopped(String tenant, String incidentId, int attempt) {
                return real.stopped(tenant, incidentId, attempt);
            }

            @Override
            public void await(AwaitedAction action) {
                around(
                        () -> {
                            real.await(action);
                            return true;
                        });
            }

            @Override
            public void worked(String tenant, ActionId action, String decisionId, long millis) {
                around(
                        () -> {
                            real.worked(tenant, action, decisionId, millis);
                            return true;
                        });
            }

            @Override
            public int timesWorked(
                    String tenant, ActionId action, String exceptDecisionId, long sinceMillis) {
                return real.timesWorked(tenant, action, exceptDecisionId, sinceMillis);
            }

            @Override
            public Optional<String> rejection(String decisionId) {
                return real.rejection(decisionId);
            }

            @Override
            public void stop(String incidentId, int attempt) {
                real.stop(incidentId, attempt);
            }

            @Override
            public List<Approval> approvals(String decisionId) {
                return real.approvals(decisionId);
            }

            @Override
            public boolean use(Approval approval) {
                return around(() -> real.use(approval));
            }

            @Override
            public void close() {}
        };
    }

    Effects effects(Effects real) {
        return new Effects() {
            @Override
            public String mode() {
                return real.mode();
            }

            @Override
            public Optional<String> insteadOf(ActionPlan plan) {
                return real.insteadOf(plan);
            }

            @Override
            public Hands forAction(Playbook playbook, ActionOrder order) {
                Hands hands = real.forAction(playbook, order);
                return new Hands() {
                    @Override
                    public boolean isReady(PlanStep step, BooleanSupplier stopped) {
                        return hands.isReady(step, stopped);
                    }

                    @Override
                    public Known start(PlanStep step) {
                        return around(() -> hands.start(step));
                    }

                    @Override
                    public Known lookUp(PlanStep step) {
                        return hands.lookUp(step);
                    }

                    @Override
                    public void close() {
                        hands.close();
                    }
                };
            }

            @Override
            public void close() {}
        };
    }
}
