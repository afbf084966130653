// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentMessages;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.JudgedHistory;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.udfs.consensus.OutcomeJudgement;
import io.incidentcommander.udfs.consensus.collusion.CollusionWatch;
import io.incidentcommander.udfs.consensus.reputation.StandingEvent;
import io.incidentcommander.udfs.consensus.reputation.StandingHistory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The conduct of agents as it stands in certificates (who voted for what) and in the messages of
 * the feedback stream (what was right): made into the history that any policy can be applied to.
 * What else was found of an agent at the time, an equivocation for instance, is not in it.
 */
public final class ConductRecord {
    private final List<StandingEvent> events = new ArrayList<>();
    private final Map<String, VotesCast> votes;
    private JudgedHistory judged = JudgedHistory.none();
    private long lastMillis;
    private int outcomes;
    private int unknown;

    private ConductRecord(Map<String, VotesCast> votes) {
        this.votes = votes;
    }

    /**
     * @param certificates a directory of {@code .json} files, as {@code run} leaves it
     * @param feedback one message of the feedback stream a line, in the order in which they came
     * @throws IOException naming what cannot be read
     */
    public static ConductRecord read(Path certificates, Path feedback) throws IOException {
        Map<String, VotesCast> votes = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(certificates, "*.json")) {
            for (Path file : files) {
                VotesCast cast = votes(CertificateJson.read(Files.readAllBytes(file)));
                votes.put(cast.decisionId(), cast);
            }
        }
        ConductRecord record = new ConductRecord(votes);
        try (BufferedReader lines = Files.newBufferedReader(feedback)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                record.take(AgentMessages.readOutcome(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return record;
    }

    private static VotesCast votes(Certificate certificate) {
        RoundTerms terms = certificate.last().terms();
        Map<String, ActionId> actions = new TreeMap<>();
        for (SignedVote vote : certificate.last().votes()) {
            if (!vote.action().isAbstention()) {
                actions.put(vote.agent(), vote.action());
            }
        }
        return new VotesCast(
                Decision.idOf(terms.tenant(), terms.incidentId(), terms.attempt()),
                certificate.outcome().decidedAtMillis(),
                actions);
    }

    private void take(VerifiedOutcome outcome) {
        VotesCast cast =
                votes.get(Decision.idOf(outcome.tenant(), outcome.incidentId(), outcome.attempt()));
        if (cast == null) {
            unknown++;
            return;
        }
        outcomes++;
        long at = outcome.verifiedAtMillis();
        lastMillis = Math.max(lastMillis, at);
        OutcomeJudgement.judge(cast, outcome)
                .forEach((agent, verdict) -> events.add(StandingEvent.of(agent, verdict, at)));
        CollusionWatch.Seen seen =
                CollusionWatch.judged(judged, cast, outcome.right(), outcome.wrong(), at);
        judged = seen.history();
        for (String agent : seen.accused().keySet()) {
            events.add(StandingEvent.of(agent, seen.evidence(agent, at), at));
        }
    }

    public StandingHistory history() {
        return new StandingHistory(events);
    }

    /** When the last outcome was verified, epoch ms. */
    public long lastMillis() {
        return lastMillis;
    }

    /** Outcomes of decisions whose certificates are there. */
    public int outcomes() {
        return outcomes;
    }

    /** Outcomes of decisions without a certificate: they say nothing of anybody. */
    public int unknown() {
        return unknown;
    }
}
