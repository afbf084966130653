// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.SignedVote;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How long an agent that lies from its first vote on got away with it: until it was caught, and
 * until there was a round without its vote. Event time in milliseconds, by what stands in
 * certificates and findings. Immutable.
 */
final class Exposure {
    private final Optional<Finding> caught;
    private final OptionalLong caughtMillis;
    private final OptionalLong outMillis;

    private Exposure(Optional<Finding> caught, OptionalLong caughtMillis, OptionalLong outMillis) {
        this.caught = caught;
        this.caughtMillis = caughtMillis;
        this.outMillis = outMillis;
    }

    static Exposure of(RunDecisions decisions, String agent) {
        Optional<Finding> first =
                decisions.blaming().stream()
                        .filter(finding -> finding.agent().equals(agent))
                        .min((a, b) -> Long.compare(a.atMillis(), b.atMillis()));
        OptionalLong out =
                decisions.made().stream()
                        .filter(made -> RunDecisions.out(made.decision()).contains(agent))
                        .map(made -> made.decision().certificate().last().terms())
                        .mapToLong(RoundTerms::requestedAtMillis)
                        .min();
        OptionalLong began = firstVote(decisions, agent);
        LongStream caught = first.stream().mapToLong(Finding::atMillis);
        return new Exposure(first, after(began, caught.findFirst()), after(began, out));
    }

    private static OptionalLong firstVote(RunDecisions decisions, String agent) {
        Stream<SignedVote> cast =
                decisions.made().stream()
                        .flatMap(made -> made.decision().certificate().rounds().stream())
                        .map(RoundRecord::votes)
                        .flatMap(votes -> votes.stream());
        Stream<SignedVote> proven =
                decisions.blaming().stream().flatMap(finding -> finding.proof().stream());
        return Stream.concat(cast, proven)
                .filter(vote -> vote.agent().equals(agent))
                .mapToLong(vote -> vote.statement().issuedAtMillis())
                .min();
    }

    private static OptionalLong after(OptionalLong began, OptionalLong at) {
        return began.isPresent() && at.isPresent()
                ? OptionalLong.of(at.getAsLong() - began.getAsLong())
                : OptionalLong.empty();
    }

    /** The first finding against it. */
    Optional<Finding> caught() {
        return caught;
    }

    /** From its first vote to that finding. */
    OptionalLong caughtMillis() {
        return caughtMillis;
    }

    /** From its first vote to the first round in which it had none. */
    OptionalLong outMillis() {
        return outMillis;
    }
}
