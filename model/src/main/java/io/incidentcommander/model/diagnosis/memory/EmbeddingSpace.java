// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a vector means: vectors of different spaces are not to be compared. Immutable. */
public final class EmbeddingSpace implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

    private final String label;
    private final int dimension;

    /**
     * @param label the model in its version, lower case, such as {@code titan-embed-text-v2}
     * @param dimension of the vectors, 1 to 16,000
     */
    public EmbeddingSpace(String label, int dimension) {
        if (!LABEL.matcher(label).matches() || dimension < 1 || dimension > 16_000) {
            throw new IllegalArgumentException("No embedding space: " + label + ", " + dimension);
        }
        this.label = label;
        this.dimension = dimension;
    }

    public String label() {
        return label;
    }

    public int dimension() {
        return dimension;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmbeddingSpace
                && ((EmbeddingSpace) other).dimension == dimension
                && ((EmbeddingSpace) other).label.equals(label);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, dimension);
    }

    @Override
    public String toString() {
        return label + "-" + dimension;
    }
}
