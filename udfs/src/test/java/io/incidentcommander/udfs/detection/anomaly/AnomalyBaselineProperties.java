// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class AnomalyBaselineProperties {
    private static final int TRIES = 30;

    @Property(tries = TRIES)
    void scoresOfRealisticSeriesAreWithinZeroAndOne(@ForAll @LongRange(min = 0) long seed) {
        assertThat(Arrays.stream(scores(series(seed), 1)).boxed()).allMatch(s -> s >= 0 && s <= 1);
    }

    @Property(tries = 200)
    void scoresOfAnythingAreWithinZeroAndOne(
            @ForAll @Size(min = 1, max = 400) double[] values,
            @ForAll @Size(400) long[] times,
            @ForAll @IntRange(min = 0, max = 3) int repeats) {
        AnomalyBaseline baseline = new AnomalyBaseline();
        for (int r = 0; r <= repeats; r++) {
            for (int i = 0; i < values.length; i++) {
                AnomalyReading reading = baseline.observe(times[i], values[i]);
                assertThat(reading.score()).isBetween(0.0, 1.0);
            }
        }
    }

    @Property(tries = TRIES)
    void aScoreDoesNotDependOnWhatComesLater(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 1400) int cut) {
        LabelledSeries series = series(seed);
        AnomalyBaseline other = new AnomalyBaseline();
        double[] first = new double[cut];
        for (int i = 0; i < cut; i++) {
            first[i] = other.observe(series.time(i), series.value(i)).score();
        }
        other.observe(series.time(cut), 1e9);

        assertThat(Arrays.copyOf(scores(series, 1), cut)).containsExactly(first);
    }

    @Property(tries = TRIES)
    void scalingASeriesChangesNoScore(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll @IntRange(min = -12, max = 12) int exponent) {
        LabelledSeries series = series(seed);
        double[] plain = scores(series, 1);

        // By powers of two nothing is rounded.
        assertThat(scores(series, Math.pow(2, exponent))).containsExactly(plain);
        assertThat(scores(series, -1)).containsExactly(plain);
    }

    @Property(tries = TRIES)
    void aBaselineGoesOnFromItsMemory(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 400) int every)
            throws IOException {
        LabelledSeries series = series(seed);
        double[] plain = scores(series, 1);
        AnomalyBaseline baseline = new AnomalyBaseline();
        for (int i = 0; i < series.size(); i++) {
            if (i % every == 0) {
                BaselineMemory memory = baseline.memory();
                BaselineMemory read = throughBytes(memory);
                assertThat(read).isEqualTo(memory);
                assertThat(read.bytes()).isLessThan(5_500);
                baseline = AnomalyBaseline.of(read);
            }
            assertThat(baseline.observe(series.time(i), series.value(i)).score())
                    .isEqualTo(plain[i]);
        }
    }

    @Property(tries = 50)
    void constantsAreQuiteUsual(
            @ForAll double value, @ForAll @IntRange(min = 1, max = 10_000_000) int step) {
        AnomalyBaseline baseline = new AnomalyBaseline();
        for (int i = 0; i < 1_000; i++) {
            assertThat(baseline.observe(i * (long) step, value).score()).isZero();
        }
    }

    private static LabelledSeries series(long seed) {
        return LabelledSeries.of(seed, 1).get(0);
    }

    private static double[] scores(LabelledSeries series, double factor) {
        AnomalyBaseline baseline = new AnomalyBaseline();
        double[] scores = new double[series.size()];
        for (int i = 0; i < scores.length; i++) {
            double value = series.value(i) * factor;
            scores[i] = baseline.observe(series.time(i), value).score();
        }
        return scores;
    }

    private static BaselineMemory throughBytes(BaselineMemory memory) throws IOException {
        BaselineMemory.BaselineMemoryCodec codec = new BaselineMemory.BaselineMemoryCodec();
        DataOutputSerializer out = new DataOutputSerializer(8_192);
        codec.write(memory, out);
        return codec.read(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
