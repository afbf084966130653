// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.detection.PartialData.ExpectedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the sources do that one tenant expects to hear from. One is silent if nothing that could be
 * read came of it for as long as it is expected within, and degraded if, of at least {@link
 * #LEAST_RECORDS} records of the latest two minutes, half or more could not be read. One that was
 * never heard is waited for from when it is expected. Sources that are not expected are of no
 * account, and none of them is kept. Knows event time alone. Owned by one thread.
 */
public final class TenantSources {
    /** Of fewer records nothing is said. */
    static final long LEAST_RECORDS = 20;

    private static final long MINUTE_MILLIS = 60_000;

    /** Without any report for so long, all is forgotten. */
    private static final long MEMORY_MILLIS = 24 * 3_600_000L;

    private final Map<String, Source> sources = new TreeMap<>();
    private List<SourceExpectation> expected = List.of();
    private long lastMillis = Long.MIN_VALUE;

    public void restore(List<SourceReport> reports) {
        for (SourceReport report : reports) {
            sources.computeIfAbsent(report.source(), id -> new Source()).add(report);
            lastMillis = Math.max(lastMillis, report.atMillis());
        }
    }

    /** At most two of each expected source. */
    public List<SourceReport> snapshot() {
        List<SourceReport> reports = new ArrayList<>();
        for (Source source : sources.values()) {
            if (source.previous != null) {
                reports.add(source.previous);
            }
            reports.add(source.current);
        }
        return reports;
    }

    /**
     * From here on these are expected.
     *
     * @param nowMillis from when on those are waited for that were not expected before
     */
    public void expect(String tenant, List<SourceExpectation> all, long nowMillis) {
        if (all.equals(expected)) {
            return;
        }
        expected = List.copyOf(all);
        Map<String, Source> before = new TreeMap<>(sources);
        sources.clear();
        for (SourceExpectation expectation : all) {
            Source known = before.get(expectation.source());
            if (known == null) {
                known = new Source();
                known.add(
                        new SourceReport(tenant, expectation.source(), nowMillis, nowMillis, 0, 0));
                lastMillis = Math.max(lastMillis, nowMillis);
            }
            sources.put(expectation.source(), known);
        }
    }

    /** What a source brought. */
    public void take(SourceReport report) {
        Source source = sources.get(report.source());
        if (source != null) {
            source.add(report);
            lastMillis = Math.max(lastMillis, report.atMillis());
        }
    }

    /** Event time at which nothing of it matters any more if nothing comes. */
    public long forgottenAt() {
        return lastMillis == Long.MIN_VALUE ? Long.MIN_VALUE : lastMillis + MEMORY_MILLIS;
    }

    /** What of the expected data is missing at that time. */
    public PartialData at(long millis) {
        if (expected.isEmpty()) {
            return PartialData.complete();
        }
        List<ExpectedSource> all = new ArrayList<>(expected.size());
        for (SourceExpectation expectation : expected) {
            String why = sources.get(expectation.source()).missed(expectation, millis);
            all.add(
                    why.isEmpty()
                            ? ExpectedSource.heard(expectation.vendor())
                            : ExpectedSource.missed(expectation.vendor(), why));
        }
        return PartialData.of(all);
    }

    /** The latest minute that anything was told of, and the one told of before. */
    private static final class Source {
        private SourceReport previous;
        private SourceReport current;

        void add(SourceReport report) {
            if (current == null) {
                current = report;
            } else if (minute(report) > minute(current)) {
                previous = current;
                current = since(report, current.heardMillis());
            } else {
                current = current.plus(report);
            }
        }

        /** Empty if it is well. */
        String missed(SourceExpectation expectation, long millis) {
            long heard = current.heardMillis();
            if (heard + expectation.withinMillis() <= millis) {
                return expectation.source() + " silent for " + (millis - heard) / 1000 + " s";
            }
            boolean isNext = previous != null && minute(previous) + 1 == minute(current);
            long records = current.records() + (isNext ? previous.records() : 0);
            long malformed = current.malformed() + (isNext ? previous.malformed() : 0);
            return records >= LEAST_RECORDS && 2 * malformed >= records
                    ? expectation.source()
                            + " degraded, "
                            + malformed
                            + " of its last "
                            + records
                            + " records could not be read"
                    : "";
        }

        /** The report, and what was heard before is not forgotten with the minute. */
        private static SourceReport since(SourceReport report, long heardMillis) {
            return new SourceReport(
                    report.tenant(),
                    report.source(),
                    report.atMillis(),
                    Math.max(report.heardMillis(), heardMillis),
                    report.records(),
                    report.malformed());
        }

        private static long minute(SourceReport report) {
            return Math.floorDiv(report.atMillis(), MINUTE_MILLIS);
        }
    }
}
