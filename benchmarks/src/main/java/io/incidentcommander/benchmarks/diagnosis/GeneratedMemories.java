// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.diagnosis;

import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Families of incidents that are told differently each time: words are inflected, replaced by
 * another that means the same, misspelt, left out, put elsewhere, or added. Who tells of the same
 * family is a match; nobody else is. A function of the seed.
 */
final class GeneratedMemories {
    /** Ways to say the same; the first two share their beginning, the last does not. */
    private static final String[][] CONCEPTS = {
        {"connection", "connections", "link"},
        {"exhausted", "exhaustion", "depleted"},
        {"database", "databases", "postgres"},
        {"timeout", "timeouts", "deadline"},
        {"latency", "latencies", "slowness"},
        {"failing", "failed", "broken"},
        {"memory", "memories", "heap"},
        {"leaking", "leaked", "growing"},
        {"restarting", "restarts", "crashing"},
        {"queue", "queues", "backlog"},
        {"replica", "replicas", "follower"},
        {"lagging", "lagged", "behind"},
        {"certificate", "certificates", "tls"},
        {"expired", "expiring", "outdated"},
        {"deployment", "deployments", "rollout"},
        {"regression", "regressions", "slowdown"},
        {"disk", "disks", "volume"},
        {"filling", "filled", "saturated"},
        {"throttled", "throttling", "limited"},
        {"requests", "request", "calls"},
        {"rejected", "rejecting", "refused"},
        {"resolver", "resolvers", "dns"},
        {"cache", "caches", "redis"},
        {"evicting", "evicted", "dropping"},
        {"partition", "partitions", "shard"},
        {"rebalancing", "rebalanced", "moving"},
        {"thread", "threads", "worker"},
        {"blocked", "blocking", "stuck"},
        {"gateway", "gateways", "proxy"},
        {"unreachable", "unreached", "down"},
    };

    private static final String[] NOISE = {
        "since",
        "noticed",
        "users",
        "report",
        "again",
        "region",
        "team",
        "during",
        "peak",
        "night",
        "after",
        "several",
        "minutes",
        "alarm",
        "dashboards",
        "customers",
    };
    private static final IncidentType[] TYPES = IncidentType.values();
    private static final int WORDS = 7;
    private static final int SERVICES = 400;

    private final long seed;
    private final int families;
    private final int tellings;

    /**
     * @param tellings patterns of each family
     */
    GeneratedMemories(long seed, int families, int tellings) {
        this.seed = seed;
        this.families = families;
        this.tellings = tellings;
    }

    int families() {
        return families;
    }

    int tellings() {
        return tellings;
    }

    /** The patterns of a family. */
    List<IncidentPattern> patterns(int family) {
        List<IncidentPattern> patterns = new ArrayList<>();
        for (int telling = 0; telling < tellings; telling++) {
            patterns.add(
                    IncidentPattern.builder()
                            .tenant("bench")
                            .incidentId("incident-" + family + "-" + telling)
                            .type(TYPES[random(family).nextInt(TYPES.length)])
                            .services(List.of(service(family)))
                            .symptoms(told(family, telling))
                            .remedy("runbook-" + family % 40)
                            .worked(true)
                            .learnedAtMillis(1_760_000_000_000L + family)
                            .build());
        }
        return patterns;
    }

    /** The family told once more; the service is named in two of three tellings. */
    String query(int family) {
        String told = told(family, -1);
        return random(family).nextInt(3) > 0 ? service(family) + " " + told : told;
    }

    private String service(int family) {
        return "service-" + word(random(family).nextInt(SERVICES));
    }

    private String told(int family, int telling) {
        SplittableRandom own = random(family);
        own.nextInt();
        int[] concepts = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            concepts[i] = own.nextInt(CONCEPTS.length);
        }
        SplittableRandom random = new SplittableRandom(seed * 31 + family * 1_009L + telling);
        List<String> words = new ArrayList<>();
        for (int concept : concepts) {
            int way = random.nextInt(10);
            if (way < 1) {
                continue; // Left out.
            }
            String word = CONCEPTS[concept][way < 6 ? 0 : way < 8 ? 1 : 2];
            words.add(random.nextInt(12) == 0 ? misspelt(word, random) : word);
        }
        // A detail that is the family's alone, such as the name of a table or job.
        words.add(random.nextInt(8) == 0 ? misspelt(detail(family), random) : detail(family));
        for (int i = 0; i < 4; i++) {
            words.add(random.nextInt(words.size() + 1), NOISE[random.nextInt(NOISE.length)]);
        }
        return String.join(" ", words);
    }

    /** Shared by one family in fifty, so that it helps without deciding. */
    private String detail(int family) {
        return word(1_000 + family % Math.max(1, families / 50));
    }

    private SplittableRandom random(int family) {
        return new SplittableRandom(seed + family * 7_919L);
    }

    private static String misspelt(String word, SplittableRandom random) {
        int at = random.nextInt(word.length() - 1);
        return word.substring(0, at)
                + word.charAt(at + 1)
                + word.charAt(at)
                + word.substring(at + 2);
    }

    /** A word of syllables for a number. */
    private static String word(int number) {
        String consonants = "bdfgklmnprstvz";
        String vowels = "aeiou";
        StringBuilder word = new StringBuilder();
        int rest = number + 70;
        while (rest > 0) {
            word.append(consonants.charAt(rest % consonants.length()));
            rest /= consonants.length();
            word.append(vowels.charAt(rest % vowels.length()));
            rest /= vowels.length();
        }
        return word.toString();
    }
}
