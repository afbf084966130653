// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.udfs.ingest.CanonicalJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes dead letters in input order, holding places in memory and letters on disk. */
final class DeadLetterOrder {
    private static final Comparator<Place> IN_INPUT =
            Comparator.comparingLong((Place p) -> p.record)
                    .thenComparingInt(p -> p.file)
                    .thenComparingLong(p -> p.position);

    private DeadLetterOrder() {}

    /** Returns how many there are. A record's own are in the order of its parts. */
    static long write(Spill<DeadLetter> letters, InputOrder order, BufferedWriter out)
            throws IOException {
        List<Place> places = new ArrayList<>();
        letters.forEach(
                (letter, file, position) -> {
                    long record = order.placeOf(letter.source(), letter.offset(), 0);
                    places.add(new Place(record, file, position));
                });
        places.sort(IN_INPUT);
        try (Spill<DeadLetter>.Reader reader = letters.open()) {
            for (Place place : places) {
                out.write(CanonicalJson.write(reader.read(place.file, place.position)));
                out.write('\n');
            }
        }
        return places.size();
    }

    private static final class Place {
        private final long record;
        private final int file;
        private final long position;

        Place(long record, int file, long position) {
            this.record = record;
            this.file = file;
            this.position = position;
        }
    }
}
