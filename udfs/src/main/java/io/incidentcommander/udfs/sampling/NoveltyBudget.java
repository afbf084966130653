// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.BudgetAccount;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.io.Serializable;
import java.util.Optional;

/**
 * Which alerts of a tenant are kept if only a share of all may be: the unusual ones first. Pure:
 * the account and the alert in, a reason out.
 *
 * <p>At any time, at most {@code max(100, share x alerts seen)} alerts have been kept. A reserve of
 * 100 of these is for kinds that are new, that is came less than once in the last day. An alert of
 * a commoner kind is kept only if the account holds more than its part of the reserve: {@code
 * reserve x (1 - 1 / (1 + n))} for a kind that came n times. That part shrinks to nothing while
 * nothing is kept, within an hour: so what is left over is spread over time, and no hour without
 * its alert. Critical and escalating alerts are always kept, and count.
 */
public final class NoveltyBudget implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Alerts that may be kept whatever the share, and those that are held back for new kinds. */
    private static final double RESERVE = 100;

    private static final double HOUR_MILLIS = 3_600_000;

    private final double share;

    /**
     * @param share of all alerts that may be kept, in (0,1]; 1 for all
     */
    public NoveltyBudget(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A share is in (0,1], not " + share);
        }
        this.share = share;
    }

    /** Whether there is no limit, so that nothing needs to be counted. */
    public boolean isUnlimited() {
        return share == 1;
    }

    /**
     * Why the alert is not kept; empty if it is.
     *
     * @param kindCount how often its kind came in the last day, this time not included
     */
    public Optional<String> refusal(BudgetAccount account, NotableAlert notable, double kindCount) {
        if (isUnlimited()
                || notable.alert().severity() == Severity.CRITICAL
                || notable.reason() == NotifyReason.ESCALATED) {
            return Optional.empty();
        }
        double left = Math.max(RESERVE, share * account.seen()) - account.kept();
        double needed = 1 + heldBack(account, notable.alert().eventTimeMillis(), kindCount);
        if (left >= needed) {
            return Optional.empty();
        }
        return Optional.of(
                left < 1
                        ? "the sampling budget of the tenant is used up"
                        : "its kind came "
                                + Math.round(kindCount)
                                + " times in a day, and what is left of the sampling budget is"
                                + " held back for rarer ones");
    }

    private static double heldBack(BudgetAccount account, long timeMillis, double kindCount) {
        if (kindCount < 1 || account.kept() == 0) {
            return 0;
        }
        double idle = Math.max(0, timeMillis - account.lastKeptMillis());
        double common = 1 - 1 / (1 + kindCount);
        return RESERVE * common * Math.max(0, 1 - idle / HOUR_MILLIS);
    }
}
