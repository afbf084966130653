// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of every alert, in input order, in about 25 bytes each. Rows are numbered from 0.
 *
 * <p>The stages know only the next representative of an alert, and which one that is depends on the
 * order of arrival. Here each chain is followed to its end, which does not: a duplicate has the
 * incident of the alert that stands for it in the end, if that one is part of any. Alerts of an
 * incident that was merged into another are the other's.
 */
final class FateTable {
    private static final int NONE = -1;
    private static final Disposition[] DISPOSITIONS = Disposition.values();

    private final InputOrder order;
    private final FinalIncidents incidents;
    private final long[] places;
    private final byte[] dispositions;
    private final int[] explanations;
    private final int[] incidentNumbers;
    private final int[] standIns;
    private final List<AlertFate> examples = new ArrayList<>();
    private final Map<List<String>, Integer> exampleNumbers = new HashMap<>();

    private FateTable(InputOrder order, FinalIncidents incidents, long[] places) {
        this.order = order;
        this.incidents = incidents;
        this.places = places;
        this.dispositions = new byte[places.length];
        this.explanations = new int[places.length];
        this.incidentNumbers = new int[places.length];
        this.standIns = new int[places.length];
    }

    /**
     * Reads the fates twice: once for the order, once for the rest.
     *
     * @throws IllegalStateException if an alert has two fates, or is represented by one that has
     *     none: defects of the job
     */
    static FateTable read(Spill<AlertFate> fates, InputOrder order, FinalIncidents incidents)
            throws IOException {
        FateTable table = new FateTable(order, incidents, places(fates, order));
        fates.forEach((fate, file, position) -> table.put(fate));
        table.followChains();
        return table;
    }

    int size() {
        return places.length;
    }

    AlertId idOf(int row) {
        return order.idAt(places[row]);
    }

    Disposition dispositionOf(int row) {
        return DISPOSITIONS[dispositions[row]];
    }

    /** The incident's place in {@link FinalIncidents}, or -1. */
    int incidentOf(int row) {
        return incidentNumbers[row];
    }

    /** Whether it went all the way, rather than being stood for by another. */
    boolean isKept(int row) {
        Disposition disposition = dispositionOf(row);
        return disposition == Disposition.DELIVERED || disposition == Disposition.GROUPED;
    }

    /** The row as a whole, its chain resolved. */
    AlertFate fateOf(int row) {
        AlertFate example = examples.get(explanations[row]);
        AlertFate fate =
                AlertFate.of(idOf(row), dispositionOf(row), example.stage(), example.reason());
        if (example.summary().isPresent()) {
            fate = fate.saying(example.summary().get());
        }
        if (standIns[row] != NONE) {
            fate = fate.representedBy(idOf(standIns[row]));
        }
        return incidentNumbers[row] == NONE
                ? fate
                : fate.inIncident(incidents.get(incidentNumbers[row]).incidentId());
    }

    private static long[] places(Spill<AlertFate> fates, InputOrder order) throws IOException {
        LongList read = new LongList();
        fates.forEach((fate, file, position) -> read.add(order.placeOf(fate.alertId())));
        long[] places = read.sorted();
        for (int i = 1; i < places.length; i++) {
            if (places[i] == places[i - 1]) {
                throw new IllegalStateException("Two fates of alert " + order.idAt(places[i]));
            }
        }
        return places;
    }

    private void put(AlertFate fate) {
        int row = rowOf(fate.alertId());
        dispositions[row] = (byte) fate.disposition().ordinal();
        explanations[row] = exampleNumber(fate);
        incidentNumbers[row] =
                fate.incidentId()
                        .filter(incidents::isTold)
                        .map(id -> incidents.standingFor(incidents.numberOf(id)))
                        .orElse(NONE);
        standIns[row] = fate.representative().map(this::rowOf).orElse(NONE);
    }

    private int rowOf(AlertId id) {
        int row = Arrays.binarySearch(places, order.placeOf(id));
        if (row < 0) {
            throw new IllegalStateException("No fate of alert " + id + ", which stands for others");
        }
        return row;
    }

    private int exampleNumber(AlertFate fate) {
        return exampleNumbers.computeIfAbsent(
                List.of(fate.stage(), fate.reason(), fate.summary().orElse("")),
                key -> {
                    examples.add(fate);
                    return examples.size() - 1;
                });
    }

    private void followChains() {
        for (int row = 0; row < places.length; row++) {
            int end = endOf(row);
            shorten(row, end);
            if (end != row && dispositionOf(row) == Disposition.DUPLICATE) {
                incidentNumbers[row] = incidentNumbers[end];
            }
        }
    }

    private int endOf(int row) {
        int at = row;
        int steps = 0;
        while (standIns[at] != NONE) {
            at = standIns[at];
            if (steps++ > places.length) {
                throw new IllegalStateException("Alerts stand for each other: " + idOf(row));
            }
        }
        return at;
    }

    private void shorten(int row, int end) {
        int at = row;
        while (standIns[at] != NONE && at != end) {
            int next = standIns[at];
            standIns[at] = end;
            at = next;
        }
    }

    /** Grows by half. */
    private static final class LongList {
        private long[] values = new long[1024];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size + (size >> 1));
            }
            values[size++] = value;
        }

        long[] sorted() {
            long[] sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
