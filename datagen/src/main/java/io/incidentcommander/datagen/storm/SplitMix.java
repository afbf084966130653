// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/**
 * Counter-based pseudo-random numbers: the n-th number of a seed is computed from n alone, so that
 * any record can be made again from its sequence number. The mixing function is the finalizer of
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014), a
 * bijection of the 64-bit numbers.
 */
final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private SplitMix() {}

    /** Bijective: different arguments give different results. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** The n-th number of the sequence of {@code seed}. */
    static long at(long seed, long n) {
        return mix(seed + (n + 1) * GOLDEN_GAMMA);
    }

    /** Uniform in [0, 1), from the upper 53 bits of a random number. */
    static double unit(long random) {
        return (random >>> 11) * 0x1.0p-53;
    }
}
