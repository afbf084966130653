// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How far the agents have come with one incident in one attempt: the open round, the votes in it,
 * and once it is over the outcome. Immutable. Bounded: one ballot an agent and round, and one early
 * vote an agent.
 */
@TypeInfo(Deliberation.Info.class)
public final class Deliberation {
    private final RoundTerms terms;
    private final List<String> evidence;
    private final List<Ballot> ballots;
    private final List<Ballot> earlier;
    private final List<SignedRecommendation> early;
    private final Map<String, Action> proposals;
    private final List<String> noted;
    private final Optional<RoundRecord> toConfirm;
    private final Optional<Outcome> outcome;

    private Deliberation(
            RoundTerms terms,
            List<String> evidence,
            List<Ballot> ballots,
            List<Ballot> earlier,
            List<SignedRecommendation> early,
            Map<String, Action> proposals,
            List<String> noted,
            Optional<RoundRecord> toConfirm,
            Optional<Outcome> outcome) {
        this.terms = Objects.requireNonNull(terms, "terms");
        this.evidence = evidence;
        this.ballots = ballots;
        this.earlier = earlier;
        this.early = early;
        this.proposals = proposals;
        this.noted = noted;
        this.toConfirm = toConfirm;
        this.outcome = outcome;
    }

    /**
     * @param evidence the ids that votes may cite
     */
    public static Deliberation opened(RoundTerms terms, List<String> evidence) {
        return new Deliberation(
                terms,
                List.copyOf(evidence),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** A new round: no ballots, no proposals; the early votes are the caller's to cast again. */
    public Deliberation inRound(RoundTerms next, Optional<RoundRecord> recordToConfirm) {
        List<Ballot> over = new ArrayList<>(earlier);
        over.addAll(ballots);
        return new Deliberation(
                next,
                evidence,
                List.of(),
                over,
                List.of(),
                Map.of(),
                noted,
                recordToConfirm,
                Optional.empty());
    }

    /** With one more ballot; one that the agent has already is replaced. */
    public Deliberation withBallot(Ballot ballot) {
        List<Ballot> more = new ArrayList<>(ballots.size() + 1);
        more.addAll(ballots);
        more.removeIf(known -> known.agent().equals(ballot.agent()));
        int at = 0;
        while (at < more.size() && more.get(at).agent().compareTo(ballot.agent()) < 0) {
            at++;
        }
        more.add(at, ballot);
        return new Deliberation(
                terms, evidence, more, earlier, early, proposals, noted, toConfirm, outcome);
    }

    /** With what an agent voted taken out of the count. */
    public Deliberation withoutPower(String agent) {
        List<Ballot> changed = new ArrayList<>(ballots);
        changed.replaceAll(
                ballot ->
                        ballot.agent().equals(agent)
                                ? new Ballot(ballot.cast(), Ballot.Status.POWERLESS)
                                : ballot);
        return new Deliberation(
                terms, evidence, changed, earlier, early, proposals, noted, toConfirm, outcome);
    }

    public Deliberation withEarly(SignedRecommendation vote) {
        List<SignedRecommendation> more = new ArrayList<>(early);
        more.add(vote);
        return new Deliberation(
                terms, evidence, ballots, earlier, more, proposals, noted, toConfirm, outcome);
    }

    public Deliberation withProposal(String agent, Action action) {
        Map<String, Action> more = new TreeMap<>(proposals);
        more.put(agent, action);
        return new Deliberation(
                terms, evidence, ballots, earlier, early, more, noted, toConfirm, outcome);
    }

    /** With a mark that this kind of finding was made of this agent. */
    public Deliberation withNoted(String note) {
        List<String> more = new ArrayList<>(noted);
        more.add(note);
        return new Deliberation(
                terms, evidence, ballots, earlier, early, proposals, more, toConfirm, outcome);
    }

    public Deliberation ended(Outcome how) {
        return new Deliberation(
                terms,
                evidence,
                ballots,
                earlier,
                List.of(),
                Map.of(),
                noted,
                Optional.empty(),
                Optional.of(how));
    }

    /** Of the open round, or of the one it ended in. */
    public RoundTerms terms() {
        return terms;
    }

    public List<String> evidence() {
        return evidence;
    }

    /** Of this round, by agent id. */
    public List<Ballot> ballots() {
        return Collections.unmodifiableList(ballots);
    }

    public Optional<Ballot> ballot(String agent) {
        for (Ballot ballot : ballots) {
            if (ballot.agent().equals(agent)) {
                return Optional.of(ballot);
            }
        }
        return Optional.empty();
    }

    /** What the agent said in a round that is over. */
    public Optional<Ballot> earlier(String agent, int round) {
        for (Ballot ballot : earlier) {
            if (ballot.agent().equals(agent) && ballot.cast().recommendation().round() == round) {
                return Optional.of(ballot);
            }
        }
        return Optional.empty();
    }

    /** For the round after this one, in order of arrival. */
    public List<SignedRecommendation> early() {
        return Collections.unmodifiableList(early);
    }

    /** For the list of the next round, by the agent that proposed. */
    public Map<String, Action> proposals() {
        return Collections.unmodifiableMap(proposals);
    }

    public boolean isNoted(String note) {
        return noted.contains(note);
    }

    /** The round whose choice this one has to confirm. */
    public Optional<RoundRecord> toConfirm() {
        return toConfirm;
    }

    /** Empty while agents deliberate. */
    public Optional<Outcome> outcome() {
        return outcome;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Deliberation)) {
            return false;
        }
        Deliberation that = (Deliberation) other;
        return terms.equals(that.terms)
                && evidence.equals(that.evidence)
                && ballots.equals(that.ballots)
                && earlier.equals(that.earlier)
                && early.equals(that.early)
                && proposals.equals(that.proposals)
                && noted.equals(that.noted)
                && toConfirm.equals(that.toConfirm)
                && outcome.equals(that.outcome);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return terms + ", " + ballots.size() + " ballots, " + outcome;
    }

    /** Binary form, version 1; bytes may end before the ballots of rounds that are over. */
    public static final class DeliberationCodec extends CanonicalCodec<Deliberation> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Deliberation> type() {
            return Deliberation.class;
        }

        @Override
        void encode(Deliberation value, CanonicalWriter out) {
            value.terms.writeHashed(out);
            out.int32(value.evidence.size());
            value.evidence.forEach(out::text);
            writeBallots(value.ballots, out);
            out.int32(value.early.size());
            value.early.forEach(vote -> vote.write(out));
            out.int32(value.proposals.size());
            value.proposals.forEach(
                    (agent, action) -> {
                        out.text(agent);
                        action.write(out);
                    });
            out.int32(value.noted.size());
            value.noted.forEach(out::text);
            out.int8(value.toConfirm.isPresent() ? 1 : 0);
            value.toConfirm.ifPresent(round -> round.write(out));
            out.int8(value.outcome.isPresent() ? 1 : 0);
            value.outcome.ifPresent(outcome -> outcome.write(out));
            writeBallots(value.earlier, out);
        }

        private static void writeBallots(List<Ballot> ballots, CanonicalWriter out) {
            out.int32(ballots.size());
            ballots.forEach(ballot -> ballot.write(out));
        }

        @Override
        Deliberation decode(CanonicalReader in) throws IOException {
            RoundTerms terms = RoundTerms.readHashed(in);
            List<String> evidence = texts(in);
            List<Ballot> ballots = ballots(in);
            List<SignedRecommendation> early = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                early.add(SignedRecommendation.read(in));
            }
            Map<String, Action> proposals = new TreeMap<>();
            for (int left = in.count(); left > 0; left--) {
                proposals.put(in.text(), Action.read(in));
            }
            List<String> noted = texts(in);
            Optional<RoundRecord> toConfirm =
                    in.int8() == 1 ? Optional.of(RoundRecord.read(in)) : Optional.empty();
            Optional<Outcome> outcome =
                    in.int8() == 1 ? Optional.of(Outcome.read(in)) : Optional.empty();
            List<Ballot> earlier = in.isAtEnd() ? List.of() : ballots(in);
            return new Deliberation(
                    terms, evidence, ballots, earlier, early, proposals, noted, toConfirm, outcome);
        }

        private static List<Ballot> ballots(CanonicalReader in) throws IOException {
            List<Ballot> ballots = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                ballots.add(Ballot.read(in));
            }
            return ballots;
        }

        private static List<String> texts(CanonicalReader in) throws IOException {
            List<String> texts = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                texts.add(in.text());
            }
            return texts;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Deliberation> {
        @Override
        public TypeInformation<Deliberation> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new DeliberationCodec());
        }
    }
}
