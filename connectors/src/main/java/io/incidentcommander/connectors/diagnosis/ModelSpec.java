// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.RateLimit;
import io.incidentcommander.model.diagnosis.Spend;
import java.io.Serializable;
import java.util.Objects;

/** One model: its id, its vendor line, how often it may be asked, and its price. Immutable. */
public final class ModelSpec implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Rather too many: English has about four. */
    private static final int CHARS_PER_TOKEN = 3;

    private static final long NANOS_PER_MICRO = 1_000;

    private final String id;
    private final String family;
    private final RateLimit rate;
    private final long inputNanoUsd;
    private final long outputNanoUsd;

    /**
     * @param id as the service takes it: of a model or of an inference profile
     * @param family failure domain: the vendor line
     * @param inputNanoUsd price of a token that is sent, billionths of a US dollar
     * @param outputNanoUsd price of a token that is answered
     */
    public ModelSpec(
            String id, String family, RateLimit rate, long inputNanoUsd, long outputNanoUsd) {
        this.id = Objects.requireNonNull(id, "id");
        this.family = Objects.requireNonNull(family, "family");
        this.rate = Objects.requireNonNull(rate, "rate");
        this.inputNanoUsd = inputNanoUsd;
        this.outputNanoUsd = outputNanoUsd;
    }

    public String id() {
        return id;
    }

    public String family() {
        return family;
    }

    RateLimit rate() {
        return rate;
    }

    /** By the price list, rounded up. */
    Spend spend(long inputTokens, long outputTokens) {
        long nanos = inputTokens * inputNanoUsd + outputTokens * outputNanoUsd;
        return new Spend(
                inputTokens, outputTokens, (nanos + NANOS_PER_MICRO - 1) / NANOS_PER_MICRO);
    }

    /** More than a prompt of so many chars costs, whatever is answered. */
    Spend worstCase(int chars, int mostOutputTokens) {
        return spend(chars / CHARS_PER_TOKEN + 1, mostOutputTokens);
    }

    @Override
    public String toString() {
        return id;
    }
}
