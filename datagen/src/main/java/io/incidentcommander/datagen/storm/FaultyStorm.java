// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/**
 * A storm in which things break for ever: one record in {@code apart} is of a fault, each fault at
 * a service of its own, in words of its own. So every fault is an incident by itself, whatever the
 * storm around it comes to. Its alerts come {@code apart} records apart, by turns on odd and even
 * partitions, and get worse, so that an incident opens and changes by alerts of different readers.
 */
public final class FaultyStorm implements StormContent {
    private static final long serialVersionUID = 1L;
    private static final String[] WORDS = {"latency", "errors", "outage", "latency", "latency"};
    private static final String[] SEVERITIES = {"medium", "high", "critical", "medium", "medium"};

    /** The last but one is a repeat, the last the end of the first. */
    private static final int ALERTS = WORDS.length;

    private final StormContent storm;
    private final int apart;

    /**
     * @param storm what the other records are of
     * @param apart records from an alert of a fault to the next; five of them are a fault
     */
    public FaultyStorm(StormContent storm, int apart) {
        this.storm = storm;
        this.apart = apart;
    }

    @Override
    public RecordStream open(int partition, int partitions) {
        RecordStream others = storm.open(partition, partitions);
        int each = apart * ALERTS;
        return (sequence, time) -> {
            long record = sequence * partitions + partition;
            int alert = (int) (record % each) / apart;
            return record % apart == alert % 2
                    ? symptom(record / each, alert, time)
                    : others.render(sequence, time);
        };
    }

    private static byte[] symptom(long fault, int alert, long time) {
        String word = word(fault);
        return String.format(
                        "{\"name\":\"%s"
                                + " %s\",\"service\":\"%s\",\"host\":\"%s\",\"severity\":\"%s\","
                                + "\"status\":\"%s\",\"time\":\"%s\"}",
                        word,
                        WORDS[alert],
                        word,
                        word,
                        SEVERITIES[alert],
                        alert == ALERTS - 1 ? "resolved" : "firing",
                        Instant.ofEpochMilli(time))
                .getBytes(UTF_8);
    }

    /** In letters: words with digits in them relate nothing to anything. */
    private static String word(long fault) {
        StringBuilder word = new StringBuilder("fault");
        for (long rest = fault; rest >= 0; rest = rest / 26 - 1) {
            word.append((char) ('a' + rest % 26));
        }
        return word.toString();
    }
}
