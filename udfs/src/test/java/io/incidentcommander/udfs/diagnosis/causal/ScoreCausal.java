// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.CausalRanking;
import io.incidentcommander.model.diagnosis.CausalRanking.Verdict;
import io.incidentcommander.udfs.diagnosis.causal.SimulatedApplication.Fault;
import io.incidentcommander.udfs.diagnosis.causal.SimulatedApplication.Place;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Prints how often the ranking finds the culprit of {@link SimulatedApplication}s, by kind. */
public final class ScoreCausal {
    private ScoreCausal() {}

    /** Applications, and of how many the culprit came first and among the first three. */
    static final class Hits {
        int all;
        int first;
        int third;

        void add(int rank) {
            all++;
            first += rank == 1 ? 1 : 0;
            third += rank >= 1 && rank <= 3 ? 1 : 0;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%4d  %.2f  %.2f",
                    all,
                    first / (double) all,
                    third / (double) all);
        }
    }

    /**
     * @param args number of seeds, first seed, and optionally strength of faults and whether to
     *     print what is missed
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int seeds = Integer.parseInt(args[0]);
        long from = Long.parseLong(args[1]);
        double strength = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        boolean verbose = args.length > 3;
        for (boolean told : new boolean[] {true, false}) {
            Map<String, Hits> hits = new TreeMap<>();
            for (Fault fault : Fault.values()) {
                for (Place place : Place.values()) {
                    if (fault == Fault.NONE || (fault == Fault.SURGE && place != Place.FRONT)) {
                        continue;
                    }
                    for (long seed = from; seed < from + seeds; seed++) {
                        SimulatedApplication app =
                                new SimulatedApplication(seed, fault, place, strength);
                        CausalRanking ranking = rank(app, told);
                        int rank = rankOf(app.culprit(), ranking);
                        for (String group : groups(app, place)) {
                            hits.computeIfAbsent(group, g -> new Hits()).add(rank);
                        }
                        if (verbose && rank != 1) {
                            miss(out, seed, app, place, told, rank, ranking);
                        }
                    }
                }
            }
            Map<String, int[]> quiet = new TreeMap<>();
            for (long seed = from; seed < from + 3L * seeds; seed++) {
                SimulatedApplication app =
                        new SimulatedApplication(seed, Fault.NONE, Place.LEAF, strength);
                CausalRanking ranking = rank(app, told);
                boolean nothing = ranking.verdict() == Verdict.NOTHING_UNUSUAL;
                for (String group :
                        new String[] {"all", app.shape.toString(), app.vocabulary.toString()}) {
                    int[] count = quiet.computeIfAbsent(group, g -> new int[2]);
                    count[0]++;
                    count[1] += nothing ? 1 : 0;
                }
                if (verbose && !nothing) {
                    miss(out, seed, app, Place.LEAF, told, 0, ranking);
                }
            }
            out.println(told ? "told the front node" : "told nothing");
            hits.forEach((group, h) -> out.printf("  %-28s %s%n", group, h));
            quiet.forEach(
                    (group, c) ->
                            out.printf(
                                    Locale.ROOT,
                                    "  quiet %-22s %4d  %.3f%n",
                                    group,
                                    c[0],
                                    c[1] / (double) c[0]));
        }
    }

    private static String[] groups(SimulatedApplication app, Place place) {
        return new String[] {
            "all",
            "fault " + app.fault,
            "fault " + app.fault + " " + place,
            "place " + place,
            "shape " + app.shape,
            "words " + app.vocabulary,
            "size " + (app.size < 12 ? "<12" : app.size < 30 ? "<30" : "30+")
        };
    }

    static CausalRanking rank(SimulatedApplication app, boolean told) {
        return new CausalRanker()
                .rank(
                        app.graph(),
                        app.normal(),
                        app.issue(),
                        told ? Optional.of(app.symptom()) : Optional.empty());
    }

    static int rankOf(String node, CausalRanking ranking) {
        for (int i = 0; i < ranking.causes().size(); i++) {
            if (ranking.causes().get(i).node().equals(node)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static void miss(
            PrintStream out,
            long seed,
            SimulatedApplication app,
            Place place,
            boolean told,
            int rank,
            CausalRanking ranking) {
        out.println(
                String.format(
                        Locale.ROOT,
                        "MISS %s %s seed %d told %s: %s %s %d nodes, culprit %s rank %d chance"
                                + " %.3f",
                        app.fault,
                        place,
                        seed,
                        told,
                        app.shape,
                        app.vocabulary,
                        app.size,
                        app.culprit(),
                        rank,
                        ranking.chance()));
        for (int i = 0; i < Math.min(3, ranking.causes().size()); i++) {
            out.printf(
                    Locale.ROOT,
                    "     %s %.2f %s%n",
                    ranking.causes().get(i).node(),
                    ranking.causes().get(i).score(),
                    ranking.causes().get(i).evidence());
        }
        if (rank > 3) {
            out.println("     ... " + ranking.causes().get(rank - 1));
        }
    }
}
