// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.OptionalDouble;

/**
 * Makes the records of one partition of a {@link StormSpec}: draws rule, host, severity and status
 * by number, copies the rule's template and fills its holes. Not thread safe.
 *
 * <p>Noise and, where a duplicate ratio is given, novel fingerprints are spread evenly: of the
 * first n records floor(n * share) are noise, of the first n alerts ceil(n * (1 - ratio)) are
 * novel. So both are exact, and known from the sequence number alone.
 */
public final class StormGenerator implements RecordStream {
    private static final long MILLION = 1_000_000L;
    private static final int DRAW_BITS = 16;

    private final StormSpec spec;
    private final int partition;
    private final int partitions;
    private final long seed;
    private final RulePool rules;
    private final CriticalBursts bursts;
    private final Noise noise;
    private final AliasTable ranks;
    private final Patcher patcher = new Patcher();
    private final long noisePpm;
    private final long novelPpm;
    private final int resolveBelow;
    private final int criticalBelow = below(CriticalBursts.WITHIN);
    private long next;

    // The last draw.
    private long fingerprint;
    private long random;
    private int rule;
    private boolean resolved;
    private boolean critical;

    /** See {@link StormContent#open}. */
    public StormGenerator(StormSpec spec, int partition, int partitions) {
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException(
                    "Partition " + partition + " of " + partitions + " does not exist");
        }
        MessageCompiler compiler = new MessageCompiler();
        this.spec = spec;
        this.partition = partition;
        this.partitions = partitions;
        this.seed = SplitMix.mix(spec.seed());
        this.rules = new RulePool(spec, compiler);
        this.bursts = new CriticalBursts(spec, rules.serviceMass());
        this.noisePpm = Math.round(spec.mix().noise() * MILLION);
        this.noise = noisePpm > 0 ? Noise.of(spec, compiler) : null;
        this.ranks = AliasTable.of(AliasTable.zipf(spec.fingerprints(), spec.zipfExponent()));
        OptionalDouble duplicates = spec.duplicateRatio();
        this.novelPpm =
                duplicates.isPresent() ? Math.round((1 - duplicates.getAsDouble()) * MILLION) : -1;
        this.resolveBelow = below(spec.resolveShare());
    }

    /** The next record, from 0 on or from where {@link #seek} set it. */
    public byte[] next(long eventTimeMillis) {
        return render(next++, eventTimeMillis);
    }

    /** Sequence number of the record that {@link #next} makes next. */
    public long position() {
        return next;
    }

    /** Continues with record {@code sequence}. */
    public void seek(long sequence) {
        next = sequence;
    }

    @Override
    public byte[] render(long sequence, long eventTimeMillis) {
        long noiseBefore = sequence * noisePpm / MILLION;
        if ((sequence + 1) * noisePpm / MILLION > noiseBefore) {
            random = randomOf(sequence);
            return patcher.deliver(noise.template(random), random, random, eventTimeMillis);
        }
        draw(sequence, sequence - noiseBefore, eventTimeMillis);
        Template template = rules.template(rule, critical, resolved);
        return patcher.deliver(template, hostNumber(), SplitMix.mix(random), eventTimeMillis);
    }

    /** What {@link #render} with the same arguments says. */
    public RecordTruth truth(long sequence, long eventTimeMillis) {
        long noiseBefore = sequence * noisePpm / MILLION;
        if ((sequence + 1) * noisePpm / MILLION > noiseBefore) {
            return RecordTruth.noise(noise.message(randomOf(sequence)));
        }
        draw(sequence, sequence - noiseBefore, eventTimeMillis);
        return RecordTruth.alerts(fingerprint, rules.message(rule, critical, resolved));
    }

    /** Bytes of message text held for reuse. */
    public long retainedBytes() {
        return rules.retainedBytes();
    }

    private long randomOf(long sequence) {
        return SplitMix.at(seed, sequence * partitions + partition);
    }

    private void draw(long sequence, long alert, long eventTimeMillis) {
        long rankDraw = randomOf(sequence);
        boolean novel = drawFingerprint(alert, rankDraw);
        random = SplitMix.mix(rankDraw + seed);
        rule = (int) (fingerprint % rules.size());
        int bits = (int) random;
        resolved = !novel && (bits & 0xffff) < resolveBelow;
        critical =
                bits >>> DRAW_BITS < criticalBelow
                        && bursts.isBursting(rules.service(rule), eventTimeMillis);
    }

    /** Whether it is certain to be the first of its fingerprint. */
    private boolean drawFingerprint(long alert, long rankDraw) {
        long rank = ranks.sample(rankDraw);
        if (novelPpm < 0) {
            fingerprint = rank;
            return false;
        }
        long known = novelBefore(alert);
        boolean novel = novelBefore(alert + 1) > known;
        long ordinal = novel ? known : rank < known ? rank : rank % known;
        fingerprint = ordinal * partitions + partition;
        return novel;
    }

    private long novelBefore(long alert) {
        return alert == 0 ? 0 : Math.max(1, (alert * novelPpm + MILLION - 1) / MILLION);
    }

    /** Unique within the rule; hosts are shared between rules, but for those past the fleet's. */
    private long hostNumber() {
        long ofRule = fingerprint / rules.size();
        int hosts = spec.hosts();
        return ofRule < hosts ? (ofRule + rule) % hosts : ofRule;
    }

    private static int below(double share) {
        return (int) Math.round(share * (1 << DRAW_BITS));
    }
}
