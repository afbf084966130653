// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the running topology has asked and decided so far; as {@link RunBoard}. Thread safe. */
final class DecisionBoard {
    private static final Set<String> ASKED = new HashSet<>();
    private static final Map<String, RunDecisions.Made> MADE = new LinkedHashMap<>();
    private static final Map<String, Finding> FINDINGS = new LinkedHashMap<>();
    private static final Set<VerifiedOutcome> OUTCOMES = new LinkedHashSet<>();

    private DecisionBoard() {}

    static synchronized void clear() {
        ASKED.clear();
        MADE.clear();
        FINDINGS.clear();
        OUTCOMES.clear();
    }

    static synchronized void post(RoundRequest request) {
        ASKED.add(
                Decision.idOf(
                        request.terms().tenant(),
                        request.terms().incidentId(),
                        request.terms().attempt()));
    }

    static synchronized void post(Decision decision) {
        MADE.putIfAbsent(
                decision.decisionId(), new RunDecisions.Made(decision, System.currentTimeMillis()));
    }

    static synchronized void post(Finding finding) {
        FINDINGS.putIfAbsent(finding.findingId(), finding);
    }

    static synchronized void post(VerifiedOutcome outcome) {
        OUTCOMES.add(outcome);
    }

    /** Questions without a decision. */
    static synchronized long open() {
        return ASKED.stream().filter(id -> !MADE.containsKey(id)).count();
    }

    /** As it stands. */
    static synchronized RunDecisions now() {
        List<RunDecisions.Made> made = new ArrayList<>(MADE.values());
        return new RunDecisions(
                made, new ArrayList<>(FINDINGS.values()), new ArrayList<>(OUTCOMES));
    }
}
