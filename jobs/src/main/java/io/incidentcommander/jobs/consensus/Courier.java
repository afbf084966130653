// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.SignedRecommendation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Carries the votes of one deliberation to the tally. */
final class Courier {
    private static final long STEP_MILLIS = 10;
    private static final double LOST = 0.05;
    private static final double DOUBLED = 0.1;
    private static final int LATEST_MILLIS = 15_000;

    private final Network network;
    private final Random random;
    private final Faults faults;
    private final TreeMap<Long, Delivery> underWay = new TreeMap<>();

    Courier(Network network, Random random, Faults faults) {
        this.network = network;
        this.random = random;
        this.faults = faults;
    }

    /** In their order, unless the network mixes them. */
    void send(List<SignedRecommendation> votes, long nowMillis) {
        long next = nowMillis;
        for (SignedRecommendation vote : votes) {
            next += STEP_MILLIS;
            if (network == Network.GOOD) {
                carry(vote, next);
            } else if (random.nextDouble() < LOST) {
                faults.addLost();
            } else {
                carry(vote, nowMillis + 1 + random.nextInt(LATEST_MILLIS));
                if (random.nextDouble() < DOUBLED) {
                    faults.addDoubled();
                    carry(vote, nowMillis + 1 + random.nextInt(LATEST_MILLIS));
                }
            }
        }
    }

    /** At the time, or as soon after it as nothing else arrives. */
    private void carry(SignedRecommendation vote, long atMillis) {
        long at = atMillis;
        while (underWay.containsKey(at)) {
            at++;
        }
        underWay.put(at, Delivery.of(vote, at));
    }

    /** When the next arrives; empty if nothing is under way. */
    Optional<Long> nextAtMillis() {
        return underWay.isEmpty() ? Optional.empty() : Optional.of(underWay.firstKey());
    }

    /** The next of those under way, of which there must be one. */
    Delivery next() {
        Map.Entry<Long, Delivery> first = underWay.pollFirstEntry();
        return first.getValue();
    }
}
