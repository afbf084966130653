// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much a memory looks like what is looked for, whichever search found it: the geometric mean of
 * two likenesses of their words, pairs of words and runs of letters, the cosine and the overlap (of
 * the shorter in the longer), so that a memory told in few words is not lost in a long alarm. A
 * search always finds something; below {@link #FLOOR} it is nothing similar. Chosen on one seed of
 * generated incidents and measured on others (docs/quality.md).
 */
public final class Resemblance {
    /** Less is no likeness. */
    public static final double FLOOR = 0.45;

    private Resemblance() {}

    /** From 0, nothing in common, to 1. */
    public static double of(String one, String other) {
        return of(NgramCounts.of(one), NgramCounts.of(other));
    }

    /** What of a memory is compared: all but cause and remedy. */
    public static String text(MemoryHit hit) {
        return hit.type().word() + " " + String.join(" ", hit.services()) + " " + hit.symptoms();
    }

    /** Without what does not look like it; where that is all, the reason says so. */
    public static Recollection keep(MemoryQuery query, Recollection found) {
        NgramCounts wanted = NgramCounts.of(query.text());
        List<MemoryHit> like = new ArrayList<>();
        double best = 0;
        for (MemoryHit hit : found.hits()) {
            double resemblance = of(wanted, NgramCounts.of(text(hit)));
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

    private static double of(NgramCounts one, NgramCounts other) {
        double length = Math.sqrt(one.times(one));
        double otherLength = Math.sqrt(other.times(other));
        if (length == 0 || otherLength == 0) {
            return 0;
        }
        double common = one.times(other);
        double cosine = common / (length * otherLength);
        double shorter = Math.min(length, otherLength);
        return Math.sqrt(cosine * Math.min(1, common / (shorter * shorter)));
    }
}
