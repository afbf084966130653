// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who errs together is found, who agrees on the truth is left alone. */
class ErringTogetherTest {
    @Test
    void agentsThatStrikeTogetherNowAndThenAreFound() {
        for (long seed = 0; seed < 20; seed++) {
            List<JudgedVotes> decisions = decisions(seed, 12, 3, 0.25, 0);
            TreeSet<String> found = new TreeSet<>();
            for (JointErrors accused : ErringTogether.find(decisions)) {
                found.add(accused.agent());
            }
            assertThat(found).as("seed " + seed).containsExactly("a00", "a01", "a02");
        }
    }

    @Test
    void agentsThatAreRightTogetherAndErrApartAreNot() {
        int accused = 0;
        for (long seed = 0; seed < 200; seed++) {
            accused += ErringTogether.find(decisions(seed, 12, 0, 0, 0)).size();
        }
        assertThat(accused).isLessThanOrEqualTo(1);
    }

    @Test
    void decisionsThatMisleadMostAreNoCollusion() {
        int accused = 0;
        for (long seed = 0; seed < 200; seed++) {
            accused += ErringTogether.find(decisions(seed, 12, 0, 0, 0.2)).size();
        }
        assertThat(accused).isLessThanOrEqualTo(2); // of 2,400 agents
    }

    @Test
    void noDecisionsNoFindings() {
        assertThat(ErringTogether.find(List.of())).isEmpty();
    }

    /** 60 decisions; hard ones mislead each agent in 6 of 10 to the same wrong action. */
    private static List<JudgedVotes> decisions(
            long seed, int agents, int colluders, double strikes, double hard) {
        Random random = new Random(seed);
        List<JudgedVotes> decisions = new ArrayList<>();
        for (int d = 0; d < 60; d++) {
            int right = random.nextInt(5);
            int lie = (right + 1 + random.nextInt(4)) % 5;
            boolean strike = random.nextDouble() < strikes;
            boolean misleads = random.nextDouble() < hard;
            Map<String, String> votes = new HashMap<>();
            for (int a = 0; a < agents; a++) {
                int action = right;
                if (strike && a < colluders || misleads && random.nextDouble() < 0.6) {
                    action = lie;
                } else if (random.nextDouble() < 0.1) {
                    action = (right + 1 + random.nextInt(4)) % 5;
                }
                votes.put(String.format("a%02d", a), "action" + action);
            }
            decisions.add(new JudgedVotes("d" + d, "action" + right, votes));
        }
        return decisions;
    }
}
