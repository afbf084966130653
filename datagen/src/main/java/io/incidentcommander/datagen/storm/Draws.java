// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.List;

/**
 * A sequence of pseudo-random draws from a seed, the same on every machine. Not thread safe. Where
 * the n-th draw must be known without the ones before it, use a seed of its own: {@link #fork}.
 */
public final class Draws {
    private final long seed;
    private long next;

    private Draws(long seed) {
        this.seed = seed;
    }

    public static Draws of(long seed) {
        return new Draws(SplitMix.mix(seed + 0x5ca1ab1eL));
    }

    /** An independent sequence that depends on this seed and the number alone. */
    public Draws fork(long number) {
        return new Draws(SplitMix.at(seed, ~number));
    }

    public long number() {
        return SplitMix.at(seed, next++);
    }

    /** In [0, 1). */
    public double unit() {
        return SplitMix.unit(number());
    }

    /** In [0, bound). */
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    /** In [least, most]. */
    public int between(int least, int most) {
        return least + below(most - least + 1);
    }

    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** Of an exponential distribution. */
    public double exponential(double mean) {
        return -mean * Math.log(1 - unit());
    }

    public <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    public final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }
}
