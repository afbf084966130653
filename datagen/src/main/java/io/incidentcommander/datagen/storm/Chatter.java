// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.HashMap;
import java.util.Map;

/**
 * What goes on at any company at any time: a number of rules fire, are repeated while they do, and
 * resolve; some flap; in between telemetry, echoes and junk. None of it has a cause in common. A
 * record is computed from its number and time alone. Not thread safe: it keeps templates.
 */
final class Chatter {
    private static final int STEADY = 24;
    private static final int FLAPPING = 6;
    private static final int SLOTS = STEADY + FLAPPING;

    /** Rules a slot fires by turns. */
    private static final int RULES = 3;

    private static final long RESOLVE_MILLIS = 8_000;
    private static final double OTHER_SHARE = 0.05;
    private static final Severity[] SEVERITIES = {
        Severity.INFO,
        Severity.LOW,
        Severity.LOW,
        Severity.LOW,
        Severity.MEDIUM,
        Severity.MEDIUM,
        Severity.MEDIUM,
        Severity.MEDIUM,
        Severity.HIGH
    };
    private static final RecordFormat[] FORMATS = {
        RecordFormat.CANONICAL,
        RecordFormat.EVENTBRIDGE,
        RecordFormat.SNS,
        RecordFormat.DATADOG,
        RecordFormat.ALERTMANAGER,
        RecordFormat.PAGERDUTY_EVENTS,
        RecordFormat.GRAFANA
    };

    private final long seed;
    private final Landscape landscape;
    private final MessageCompiler compiler;
    private final Noise noise;
    private final Patcher patcher = new Patcher();
    private final Map<Integer, Template> templates = new HashMap<>();

    Chatter(long seed, Landscape landscape, MessageCompiler compiler) {
        this.seed = SplitMix.mix(seed + 0xc4a7);
        this.landscape = landscape;
        this.compiler = compiler;
        this.noise = Noise.of(StormSpec.builder().seed(seed).build(), compiler);
    }

    /** Whether a record is metrics, and not of anything that comes and goes. */
    boolean isTelemetry(long record) {
        long random = SplitMix.at(seed, record);
        return SplitMix.unit(SplitMix.mix(random)) < OTHER_SHARE
                && noise.message(random).format() == RecordFormat.OTLP_METRICS;
    }

    byte[] render(long record, long timeMillis) {
        long random = SplitMix.at(seed, record);
        if (SplitMix.unit(SplitMix.mix(random)) < OTHER_SHARE) {
            return patcher.deliver(noise.template(random), random, random, timeMillis);
        }
        int first = Math.floorMod(random, SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = new Slot((first + i) % SLOTS, timeMillis);
            if (slot.speaks()) {
                return deliver(slot, random, timeMillis);
            }
        }
        return patcher.deliver(noise.template(random), random, random, timeMillis);
    }

    private byte[] deliver(Slot slot, long random, long timeMillis) {
        int rule = slot.rule();
        int key = rule * 2 + (slot.fires() ? 0 : 1);
        Template template = templates.computeIfAbsent(key, k -> template(rule, slot.fires()));
        return patcher.deliver(template, 40L + rule % 5, random, timeMillis);
    }

    private Template template(int rule, boolean fires) {
        Draws draws = Draws.of(seed).fork(rule);
        Message message =
                Message.of(
                        draws.oneOf(FORMATS),
                        AlertKind.routine(draws.below(AlertKind.routineKinds())),
                        landscape.graph().name(draws.below(landscape.graph().size())),
                        draws.oneOf(SEVERITIES),
                        1,
                        StormSpec.LEAST_BYTES + draws.below(500));
        return compiler.compile(fires ? message : message.withStatus(AlertStatus.RESOLVED));
    }

    /** One of the things that come and go, at one moment. */
    private final class Slot {
        private final int number;
        private final long cycle;
        private final long inCycle;
        private final long firingMillis;

        Slot(int number, long timeMillis) {
            long random = SplitMix.at(seed + 1, number);
            boolean flaps = number >= STEADY;
            long least = flaps ? 30_000 : 120_000;
            long most = flaps ? 90_000 : 600_000;
            long period = least + Math.floorMod(random, most - least);
            long shifted = timeMillis + Math.floorMod(SplitMix.mix(random), period);
            this.number = number;
            this.cycle = shifted / period;
            this.inCycle = shifted % period;
            this.firingMillis = period * (3 + Math.floorMod(random >>> 20, 4)) / 10;
        }

        boolean speaks() {
            return inCycle < firingMillis + RESOLVE_MILLIS;
        }

        boolean fires() {
            return inCycle < firingMillis;
        }

        /** A flapping slot knows one rule. */
        int rule() {
            long turn = number >= STEADY ? 0 : SplitMix.at(seed + number, cycle);
            return number * RULES + (int) Math.floorMod(turn, (long) RULES);
        }
    }
}
