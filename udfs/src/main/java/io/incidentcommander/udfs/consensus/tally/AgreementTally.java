// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.tally;

import io.incidentcommander.udfs.consensus.agreement.AgreementFit;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheet;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheetBuilder;
import io.incidentcommander.udfs.consensus.agreement.MajorityVote;
import io.incidentcommander.udfs.consensus.agreement.Smoothing;
import io.incidentcommander.udfs.consensus.collusion.CopySearch;
import java.util.Optional;

/**
 * Takes answers in as they come and says at any time what they come to, when nothing but agreement
 * tells who is right.
 *
 * <p>First agents that answer after a mind of their own are heard as one voice ({@link
 * CopySearch}); then beliefs weigh voices by reputation and reputations follow from beliefs, where
 * voices that always say the same weigh nothing. Holds while fewer agents collude than do not, even
 * where colluders give most of the answers to every question.
 *
 * <p>Deterministic: the same answers in the same order give the same result. Memory grows with the
 * number of answers, which are all kept. Not thread safe.
 */
public final class AgreementTally {
    private static final int ROUNDS_NOW = 12;
    private static final int ROUNDS_AT_THE_END = 60;

    private final AnswerSheetBuilder answers = new AnswerSheetBuilder();

    /** Of the answers so far, if it was asked for since the last one: it is most of the work. */
    private Optional<CopySearch> searched = Optional.empty();

    /** One answer per agent and question; the first counts. */
    public AnswerSheetBuilder.Intake add(String question, String agent, String answer) {
        searched = Optional.empty();
        return answers.add(question, agent, answer);
    }

    /** What the answers so far come to, by reputations revised a dozen times at most. */
    public TallyResult now() {
        return result(ROUNDS_NOW);
    }

    /**
     * The same, revised until reputations and answers explain each other; never less foretelling.
     */
    public TallyResult finalPass() {
        return result(ROUNDS_AT_THE_END);
    }

    private TallyResult result(int rounds) {
        AnswerSheet sheet = answers.build();
        CopySearch search = searched.orElseGet(() -> CopySearch.in(sheet));
        searched = Optional.of(search);
        AgreementFit fit =
                AgreementFit.foretelling(
                        MajorityVote.of(search.heard()), Smoothing.cautious(), rounds);
        return TallyResult.of(sheet, search, fit.beliefs());
    }
}
