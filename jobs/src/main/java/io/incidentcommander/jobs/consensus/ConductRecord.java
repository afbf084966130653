// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentMessages;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.CertificateJson;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingJson;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.JudgedHistory;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.Evidence;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The conduct of agents as it stands in certificates (who voted for what) and in the messages of
 * the feedback stream (what was right), and in what was found against them with its proof: made
 * into the history that any policy can be applied to. Errors in common are searched for anew.
 */
public final class ConductRecord {
    private final List<StandingEvent> events = new ArrayList<>();
    private final Map<String, VotesCast> votes;
    private JudgedHistory judged = JudgedHistory.none();
    private long lastMillis;
    private int outcomes;
    private int unknown;
    private int held;

    private ConductRecord(Map<String, VotesCast> votes) {
        this.votes = votes;
    }

    /**
     * @param certificates a directory of {@code .json} files, as {@code run} leaves it
     * @param feedback one message of the feedback stream a line, in the order in which they came
     * @param findings one {@link FindingJson} a line; empty: none are known
     * @throws IOException naming what cannot be read
     */
    public static ConductRecord read(Path certificates, Path feedback, Optional<Path> findings)
            throws IOException {
        List<Certificate> decided = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(certificates, "*.json")) {
            for (Path file : files) {
                decided.add(CertificateJson.read(Files.readAllBytes(file)));
            }
        }
        List<VerifiedOutcome> outcomes = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(feedback)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                outcomes.add(AgentMessages.readOutcome(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        List<Finding> found = new ArrayList<>();
        if (findings.isPresent()) {
            for (String line : Files.readAllLines(findings.get())) {
                found.add(FindingJson.read(line.getBytes(StandardCharsets.UTF_8)));
            }
        }
        return of(decided, outcomes, found);
    }

    /**
     * @param outcomes in the order in which they came
     */
    public static ConductRecord of(
            List<Certificate> certificates,
            List<VerifiedOutcome> outcomes,
            List<Finding> findings) {
        Map<String, VotesCast> votes = new HashMap<>();
        for (Certificate certificate : certificates) {
            VotesCast cast = votes(certificate);
            votes.put(cast.decisionId(), cast);
        }
        ConductRecord record = new ConductRecord(votes);
        outcomes.forEach(record::take);
        findings.forEach(record::take);
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

    /** As the job holds it against an agent; collusion is a matter of the outcomes above. */
    private void take(Finding finding) {
        FindingKind kind = finding.kind();
        if (kind.points() > 0 && kind != FindingKind.COLLUSION) {
            long at = finding.atMillis();
            lastMillis = Math.max(lastMillis, at);
            Evidence evidence = new Evidence(finding.findingId(), kind.name(), kind.points(), at);
            events.add(StandingEvent.of(finding.agent(), evidence, at));
            held++;
        }
    }

    public StandingHistory history() {
        List<StandingEvent> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(StandingEvent::atMillis));
        return new StandingHistory(inOrder);
    }

    /** Findings that are held against an agent. */
    public int held() {
        return held;
    }

    /** When the last outcome was verified or the last finding made, epoch ms. */
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
