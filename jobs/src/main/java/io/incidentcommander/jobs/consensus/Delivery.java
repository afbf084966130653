// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.Optional;

/** A vote that arrives, or, without one, time passing. Immutable. */
final class Delivery {
    private final long atMillis;
    private final Optional<SignedRecommendation> vote;

    private Delivery(long atMillis, Optional<SignedRecommendation> vote) {
        this.atMillis = atMillis;
        this.vote = vote;
    }

    static Delivery of(SignedRecommendation vote, long atMillis) {
        return new Delivery(atMillis, Optional.of(vote));
    }

    static Delivery ofTime(long atMillis) {
        return new Delivery(atMillis, Optional.empty());
    }

    long atMillis() {
        return atMillis;
    }

    Optional<SignedRecommendation> vote() {
        return vote;
    }
}
