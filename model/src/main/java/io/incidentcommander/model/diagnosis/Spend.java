// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** What a model was paid: tokens, and millionths of a US dollar by the price list. Immutable. */
public final class Spend {
    public static final Spend NONE = new Spend(0, 0, 0);

    private final long inputTokens;
    private final long outputTokens;
    private final long microUsd;

    /** None of them negative. */
    public Spend(long inputTokens, long outputTokens, long microUsd) {
        if (inputTokens < 0 || outputTokens < 0 || microUsd < 0) {
            throw new IllegalArgumentException(
                    "A spend is not negative: "
                            + inputTokens
                            + ", "
                            + outputTokens
                            + ", "
                            + microUsd);
        }
        this.inputTokens = inputTokens;
        this.outputTokens = outputTokens;
        this.microUsd = microUsd;
    }

    public Spend plus(Spend other) {
        return new Spend(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                microUsd + other.microUsd);
    }

    public long inputTokens() {
        return inputTokens;
    }

    public long outputTokens() {
        return outputTokens;
    }

    /** Millionths of a US dollar. */
    public long microUsd() {
        return microUsd;
    }

    public BigDecimal usd() {
        return BigDecimal.valueOf(microUsd, 6);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spend
                && ((Spend) other).inputTokens == inputTokens
                && ((Spend) other).outputTokens == outputTokens
                && ((Spend) other).microUsd == microUsd;
    }

    @Override
    public int hashCode() {
        return Objects.hash(inputTokens, outputTokens, microUsd);
    }

    @Override
    public String toString() {
        return inputTokens + " + " + outputTokens + " tokens, " + usd().toPlainString() + " USD";
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(Spend spend, DataOutputView out) throws IOException {
        out.writeLong(spend.inputTokens);
        out.writeLong(spend.outputTokens);
        out.writeLong(spend.microUsd);
    }

    static Spend read(DataInputView in) throws IOException {
        return new Spend(in.readLong(), in.readLong(), in.readLong());
    }
}
