// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What becomes of anchors, in anchors. */
interface AnchorMetrics {
    /** It is there, new or not. */
    void kept();

    /** Another one is there in its place. */
    void contradicted();

    /** It could not be written for as long as is waited. */
    void leftOut();

    /** In Flink's metric group of the committer. */
    static AnchorMetrics in(MetricGroup group) {
        Counter kept = group.counter("anchorsKept");
        Counter contradicted = group.counter("anchorsContradicted");
        Counter leftOut = group.counter("anchorsLeftOut");
        return new AnchorMetrics() {
            @Override
            public void kept() {
                kept.inc();
            }

            @Override
            public void contradicted() {
                contradicted.inc();
            }

            @Override
            public void leftOut() {
                leftOut.inc();
            }
        };
    }
}
