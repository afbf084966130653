// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.diagnosis.offline.FirstAlerts;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Lets through what {@link CaseState} would keep of the alerts of this subtask, so that a storm of
 * repeats is not shuffled to be dropped there. No state: what it forgets in a restore comes twice,
 * and is kept once.
 */
public final class FirstAlertsFunction extends RichFlatMapFunction<NotableAlert, CaseClue> {
    private static final long serialVersionUID = 1L;

    /** Of a subtask, some 10 MB at the most. */
    private static final int MOST_SERVICES = 10_000;

    private transient FirstAlerts first;

    @Override
    public void open(OpenContext context) {
        first = new FirstAlerts(MOST_SERVICES);
    }

    @Override
    public void flatMap(NotableAlert notable, Collector<CaseClue> out) {
        if (first.isNew(notable.alert())) {
            out.collect(CaseClue.of(notable.alert()));
        }
    }
}
