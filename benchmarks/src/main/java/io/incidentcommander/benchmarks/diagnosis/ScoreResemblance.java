// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.diagnosis;

import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.udfs.diagnosis.memory.Resemblance;
import java.util.ArrayList;
import java.util.List;

/**
 * What a floor of {@link Resemblance} keeps of true memories, and what it refuses where there is
 * none: {@code SEED...}. Who asks is told of in a memory of so many families, or is a stranger to
 * all of it; what comes nearest is looked at.
 */
public final class ScoreResemblance {
    private static final int[] FAMILIES = {5, 50, 500};
    private static final int ASKED = 100;
    private static final int TELLINGS = 5;

    private ScoreResemblance() {}

    public static void main(String[] seeds) {
        System.out.println("| seed | families | floor | known kept | strangers refused |");
        System.out.println("|--:|--:|--:|--:|--:|");
        for (String seed : seeds) {
            for (int families : FAMILIES) {
                score(Long.parseLong(seed), families);
            }
        }
    }

    private static void score(long seed, int families) {
        GeneratedMemories memories = new GeneratedMemories(seed, families + ASKED, TELLINGS);
        List<String> known = new ArrayList<>();
        for (int family = 0; family < families; family++) {
            known.addAll(texts(memories, family));
        }
        int asked = Math.min(ASKED, families);
        double[] own = new double[asked];
        for (int i = 0; i < asked; i++) {
            own[i] = best(query(memories, i), texts(memories, i));
        }
        double[] strange = new double[ASKED];
        for (int i = 0; i < ASKED; i++) {
            strange[i] = best(query(memories, families + i), known);
        }
        for (double floor = 0.15; floor < 0.66; floor += 0.05) {
            System.out.printf(
                    "| %d | %d | %.2f | %.3f | %.3f |%n",
                    seed, families, floor, share(own, floor), 1 - share(strange, floor));
        }
    }

    private static String query(GeneratedMemories memories, int family) {
        return memories.patterns(family).get(0).type().word() + " " + memories.query(family);
    }

    private static List<String> texts(GeneratedMemories memories, int family) {
        List<String> texts = new ArrayList<>();
        for (IncidentPattern pattern : memories.patterns(family)) {
            texts.add(
                    pattern.type().word()
                            + " "
                            + String.join(" ", pattern.services())
                            + " "
                            + pattern.symptoms());
        }
        return texts;
    }

    private static double best(String query, List<String> texts) {
        return texts.stream().mapToDouble(text -> Resemblance.of(query, text)).max().orElse(0);
    }

    private static double share(double[] all, double floor) {
        int over = 0;
        for (double one : all) {
            over += one >= floor ? 1 : 0;
        }
        return over / (double) all.length;
    }
}
