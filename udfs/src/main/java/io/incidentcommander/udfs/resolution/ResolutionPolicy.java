// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.RiskLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether an action may run. Zero trust: a service that is on no list gets nothing. All rules
 * speak, the worst word counts, and every reason is told. Pure.
 *
 * <p>HIGH risk needs one person, CRITICAL two; a decision that wants a human, and an action during
 * a change freeze, need one more than none; so does the same action once it has worked twice in a
 * day, since what it mends comes back. Nobody approves what they asked for themselves, nobody
 * counts twice, and an approval is for one action of one decision, until it expires, once.
 */
public final class ResolutionPolicy {
    /** What helped so often and is needed again does not mend the cause. */
    private static final int OFTEN = 2;

    private final Map<String, RiskLevel> worstRisk;
    private final int mostTargets;
    private final double mostOfFleet;

    /**
     * @param worstRisk the highest risk that may run, by service
     * @param mostTargets instances that one action may change
     * @param mostOfFleet and the share of all of them, in (0, 1]
     */
    public ResolutionPolicy(Map<String, RiskLevel> worstRisk, int mostTargets, double mostOfFleet) {
        if (mostTargets <= 0 || !(mostOfFleet > 0 && mostOfFleet <= 1)) {
            throw new IllegalArgumentException("The blast radius is positive, its share in (0, 1]");
        }
        this.worstRisk = new TreeMap<>(worstRisk);
        this.mostTargets = mostTargets;
        this.mostOfFleet = mostOfFleet;
    }

    public PolicyDecision decide(ActionRequest request, ActionSurroundings around) {
        List<String> against = new ArrayList<>();
        around.stopped().ifPresent(against::add);
        notListed(request).ifPresent(against::add);
        tooWide(request).ifPresent(against::add);
        if (!against.isEmpty()) {
            return new PolicyDecision(PolicyDecision.Verdict.REFUSED, against, Set.of());
        }
        return withApprovals(request, around);
    }

    private Optional<String> notListed(ActionRequest request) {
        RiskLevel worst = worstRisk.get(request.service());
        if (worst == null) {
            return Optional.of("no action is allowed on " + request.service());
        }
        return request.risk().compareTo(worst) > 0
                ? Optional.of(
                        "on "
                                + request.service()
                                + " actions up to "
                                + worst.word()
                                + " risk are allowed, not "
                                + request.risk().word())
                : Optional.empty();
    }

    private Optional<String> tooWide(ActionRequest request) {
        if (request.targets() <= 0 || request.fleet() < request.targets()) {
            return Optional.of(
                    "nobody knows what it changes: "
                            + request.targets()
                            + " of "
                            + request.fleet());
        }
        boolean wide =
                request.targets() > mostTargets
                        || request.targets() > mostOfFleet * request.fleet();
        return wide
                ? Optional.of(
                        "it changes "
                                + request.targets()
                                + " of "
                                + request.fleet()
                                + "; allowed are "
                                + mostTargets
                                + ", and a share of "
                                + mostOfFleet)
                : Optional.empty();
    }

    private static PolicyDecision withApprovals(ActionRequest request, ActionSurroundings around) {
        List<String> why = new ArrayList<>();
        int needed = needed(request, around, why);
        Set<String> people = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (Approval approval : around.approvals()) {
            if (people.size() == needed) {
                break;
            }
            Optional<String> flaw = flaw(approval, request, around);
            if (flaw.isPresent()) {
                why.add("approval " + approval.id() + " does not count: " + flaw.get());
            } else if (people.add(approval.person())) {
                used.add(approval.id());
            }
        }
        if (people.size() < needed) {
            why.add("approvals: " + people.size() + " of " + needed);
            return new PolicyDecision(PolicyDecision.Verdict.NEEDS_APPROVAL, why, Set.of());
        }
        why.add(
                needed == 0
                        ? "allowed on " + request.service() + " without approval"
                        : "approved by " + String.join(", ", people));
        return new PolicyDecision(PolicyDecision.Verdict.ALLOWED, why, used);
    }

    private static int needed(ActionRequest request, ActionSurroundings around, List<String> why) {
        int needed = 0;
        if (request.risk() == RiskLevel.HIGH || request.risk() == RiskLevel.CRITICAL) {
            needed = request.risk() == RiskLevel.HIGH ? 1 : 2;
            why.add(request.risk().word() + " risk needs people: " + needed);
        }
        if (around.isFrozen()) {
            needed = Math.max(1, needed);
            why.add("a change freeze covers " + request.service());
        }
        if (around.workedBefore() >= OFTEN) {
            needed = Math.max(1, needed);
            why.add(
                    "it worked "
                            + around.workedBefore()
                            + " times of late, and the problem came back");
        }
        if (request.isHumanWanted()) {
            needed = Math.max(1, needed);
            why.add("the decision wants a human");
        }
        return needed;
    }

    private static Optional<String> flaw(
            Approval approval, ActionRequest request, ActionSurroundings around) {
        if (!approval.decisionId().equals(request.decisionId())
                || !approval.action().equals(request.action())) {
            return Optional.of("it is for something else");
        }
        if (around.usedApprovals().contains(approval.id())) {
            return Optional.of("it was used");
        }
        if (approval.expiresMillis() <= around.nowMillis()) {
            return Optional.of("it has expired");
        }
        return request.requesters().contains(approval.person())
                ? Optional.of(approval.person() + " asked for it")
                : Optional.empty();
    }
}
