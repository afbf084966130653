// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much a memory looks like what is looked for: the cosine of both texts in {@link
 * HashedNgrams}, whichever search found it. A search always finds something; below {@link #FLOOR}
 * it is nothing similar. Chosen on one seed of generated incidents and measured on others
 * (docs/quality.md).
 */
public final class Resemblance {
    /** Less is no likeness. */
    public static final double FLOOR = 0.30;

    private Resemblance() {}

    /** From about 0, nothing in common, to 1. */
    public static double of(String text, MemoryHit hit) {
        return cosine(HashedNgrams.embed(text), HashedNgrams.embed(text(hit)));
    }

    /** Without what does not look like it; where that is all, the reason says so. */
    public static Recollection keep(MemoryQuery query, Recollection found) {
        float[] wanted = HashedNgrams.embed(query.text());
        List<MemoryHit> like = new ArrayList<>();
        double best = 0;
        for (MemoryHit hit : found.hits()) {
            double resemblance = cosine(wanted, HashedNgrams.embed(text(hit)));
            best = Math.max(best, resemblance);
            if (resemblance >= FLOOR) {
                like.add(hit);
            }
        }
        if (!like.isEmpty() || found.hits().isEmpty()) {
            return new Recollection(found.extent(), like, found.reason());
        }
        String nothing =
                String.format(
                        Locale.ROOT,
                        "nothing similar: what comes nearest resembles it by %.2f, %.2f is asked",
                        best,
                        FLOOR);
        return new Recollection(
                found.extent(),
                List.of(),
                found.reason().isEmpty() ? nothing : nothing + "; " + found.reason());
    }

    private static String text(MemoryHit hit) {
        return hit.type().word() + " " + String.join(" ", hit.services()) + " " + hit.symptoms();
    }

    /** Of vectors of length 1. */
    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
