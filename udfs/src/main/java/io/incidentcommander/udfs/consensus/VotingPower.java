// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Seat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Splits the whole voting power, 1,000,000 ppm, by weight, so that no family has a third. An agent
 * belongs to one family, so no agent has a third either. The excess of a capped family goes to the
 * families below the cap in proportion to their weights (water filling). Whole numbers by the
 * method of the largest remainder: families first, agents within their family then; ties go to the
 * smaller agent id. Exact arithmetic, the same on every machine.
 */
final class VotingPower {
    /** The largest whole number of ppm below a third. */
    static final int CAP_PPM = 333_333;

    /** Identities, and families, below which shares under a third cannot add up to the whole. */
    static final int LEAST_SHARES = 4;

    private final Map<String, Integer> powerByAgent;
    private final List<String> cappedFamilies;

    private VotingPower(Map<String, Integer> powerByAgent, List<String> cappedFamilies) {
        this.powerByAgent = powerByAgent;
        this.cappedFamilies = cappedFamilies;
    }

    /** In ppm; all together the whole, unless nobody has weight. */
    int of(String agent) {
        return powerByAgent.getOrDefault(agent, 0);
    }

    /** Sorted. */
    List<String> cappedFamilies() {
        return cappedFamilies;
    }

    /** By raw weights, without a cap. */
    static VotingPower raw(List<Weighted> agents) {
        TreeMap<String, Integer> power = new TreeMap<>();
        apportion(Seat.WHOLE_PPM, agents, power);
        return new VotingPower(power, List.of());
    }

    /** Requires weight with at least four families. */
    static VotingPower capped(List<Weighted> agents) {
        TreeMap<String, Weighted> families = new TreeMap<>();
        TreeMap<String, List<Weighted>> members = new TreeMap<>();
        for (Weighted agent : agents) {
            families.merge(agent.family, Weighted.family(agent), Weighted::plus);
            members.computeIfAbsent(agent.family, name -> new ArrayList<>()).add(agent);
        }
        TreeSet<String> cut = familiesOverCap(families.values());
        List<Weighted> rest = new ArrayList<>();
        for (Weighted family : families.values()) {
            if (!cut.contains(family.family)) {
                rest.add(family);
            }
        }
        TreeMap<String, Integer> byFamily = new TreeMap<>();
        apportion(Seat.WHOLE_PPM - cut.size() * CAP_PPM, rest, byFamily);
        TreeMap<String, Integer> power = new TreeMap<>();
        for (Weighted family : families.values()) {
            int whole =
                    cut.contains(family.family) ? CAP_PPM : byFamily.getOrDefault(family.agent, 0);
            apportion(whole, members.get(family.family), power);
        }
        return new VotingPower(power, List.copyOf(cut));
    }

    private static TreeSet<String> familiesOverCap(Iterable<Weighted> families) {
        TreeSet<String> cut = new TreeSet<>();
        boolean more = true;
        while (more) {
            more = false;
            BigInteger weight = BigInteger.ZERO;
            for (Weighted family : families) {
                weight = cut.contains(family.family) ? weight : weight.add(family.weight);
            }
            BigInteger left = BigInteger.valueOf(Seat.WHOLE_PPM - (long) cut.size() * CAP_PPM);
            BigInteger limit = weight.multiply(BigInteger.valueOf(CAP_PPM));
            List<String> over = new ArrayList<>();
            for (Weighted family : families) {
                if (!cut.contains(family.family)
                        && family.weight.multiply(left).compareTo(limit) > 0) {
                    over.add(family.family);
                }
            }
            more = cut.addAll(over);
        }
        return cut;
    }

    private static void apportion(
            int whole, List<Weighted> shares, Map<String, Integer> powerByAgent) {
        BigInteger total = BigInteger.ZERO;
        for (Weighted share : shares) {
            total = total.add(share.weight);
        }
        if (total.signum() == 0) {
            return;
        }
        List<Weighted> byRemainder = new ArrayList<>(shares.size());
        int left = whole;
        for (Weighted share : shares) {
            BigInteger[] parts =
                    share.weight.multiply(BigInteger.valueOf(whole)).divideAndRemainder(total);
            powerByAgent.put(share.agent, parts[0].intValue());
            left -= parts[0].intValue();
            byRemainder.add(new Weighted(share.agent, share.family, parts[1]));
        }
        byRemainder.sort(
                Comparator.comparing((Weighted share) -> share.weight)
                        .reversed()
                        .thenComparing(share -> share.agent));
        for (int i = 0; i < left; i++) {
            powerByAgent.merge(byRemainder.get(i).agent, 1, Integer::sum);
        }
    }

    /** An agent or a family, named by its smallest agent id, and its weight. */
    static final class Weighted {
        private final String agent;
        private final String family;
        private final BigInteger weight;

        Weighted(String agent, String family, BigInteger weight) {
            this.agent = agent;
            this.family = family;
            this.weight = weight;
        }

        private static Weighted family(Weighted first) {
            return first;
        }

        private Weighted plus(Weighted other) {
            String first = agent.compareTo(other.agent) <= 0 ? agent : other.agent;
            return new Weighted(first, family, weight.add(other.weight));
        }

        String family() {
            return family;
        }

        boolean hasWeight() {
            return weight.signum() > 0;
        }
    }
}
