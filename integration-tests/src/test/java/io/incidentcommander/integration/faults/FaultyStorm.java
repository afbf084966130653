// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.datagen.storm.StormContent;
import java.time.Instant;

/**
 * A storm in which things break: one record in ten is of a fault, each fault at a service of its
 * own, in words of its own. So every fault is an incident by itself, whatever the storm around it
 * comes to. Its alerts come {@value #APART} records apart, by turns on odd and even partitions, and
 * get worse, so that an incident opens and changes by alerts of different readers.
 */
record FaultyStorm(StormContent storm) implements StormContent {
    private static final int APART = 10;
    private static final String[] WORDS = {"latency", "errors", "outage", "latency", "latency"};
    private static final String[] SEVERITIES = {"medium", "high", "critical", "medium", "medium"};

    /** The last but one is a repeat, the last the end of the first. */
    private static final int ALERTS = WORDS.length;

    /** Records from the beginning of a fault to that of the next. */
    static final int EACH = APART * ALERTS;

    @Override
    public RecordStream open(int partition, int partitions) {
        RecordStream others = storm.open(partition, partitions);
        return (sequence, time) -> {
            long record = sequence * partitions + partition;
            int alert = (int) (record % EACH) / APART;
            return record % APART == alert % 2
                    ? symptom(record / EACH, alert, time)
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
