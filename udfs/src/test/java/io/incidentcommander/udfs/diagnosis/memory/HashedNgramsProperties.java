// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HashedNgramsProperties {
    private static final int GOLDEN = -456856156;

    @Property
    void anyTextHasAVectorOfLengthOneAndAlwaysTheSame(@ForAll String text) {
        float[] vector = HashedNgrams.embed(text);

        assertThat(vector).hasSize(HashedNgrams.SPACE.dimension());
        assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
        assertThat(HashedNgrams.embed(text)).isEqualTo(vector);
    }

    /** Golden: vectors are stored, so another release must make the same. */
    @Example
    void vectorsAreTheSameInEveryRelease() {
        float[] vector = HashedNgrams.embed("connection pool of orders exhausted");
        assertThat(HashedNgrams.SPACE.toString()).isEqualTo("local-hashed-ngrams-1-512");
        assertThat(Arrays.hashCode(vector)).isEqualTo(GOLDEN);
    }

    @Example
    void whatSharesWordsIsCloserThanWhatDoesNot() {
        float[] one =
                HashedNgrams.embed("database connection pool of orders exhausted, 30 waiting");
        float[] alike = HashedNgrams.embed("the connection pool of carts was exhausted: 7 waiting");
        float[] inflected = HashedNgrams.embed("exhaustion of connections in pools of databases");
        float[] other = HashedNgrams.embed("disk of node 7 is full, writes fail");

        assertThat(cosine(one, alike)).isGreaterThan(cosine(one, other) + 0.3);
        assertThat(cosine(one, inflected)).isGreaterThan(cosine(one, other) + 0.1);
    }

    @Example
    void digitsAndCaseCountForNothing() {
        assertThat(HashedNgrams.embed("Pool 17 exhausted"))
                .isEqualTo(HashedNgrams.embed("pool exhausted 4711"));
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
