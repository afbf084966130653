// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.LedgerDelta;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.operators.audit.LedgeredOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** What a harness has handed out, records by value. */
public final class Outputs {
    private Outputs() {}

    public static <T> List<T> side(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        Queue<StreamRecord<T>> records = harness.getSideOutput(tag);
        if (records != null) {
            records.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    public static List<AlertFate> fates(AbstractStreamOperatorTestHarness<?> harness) {
        return side(harness, LedgeredOperator.FATES);
    }

    public static Ledger ledger(AbstractStreamOperatorTestHarness<?> harness) {
        Ledger ledger = Ledger.empty();
        for (LedgerDelta delta : side(harness, LedgeredOperator.LEDGER)) {
            ledger = ledger.plus(delta);
        }
        return ledger;
    }

    public static long counted(
            AbstractStreamOperatorTestHarness<?> harness, String source, Disposition disposition) {
        return ledger(harness)
                .counts()
                .getOrDefault(source, SourceCounts.nothing())
                .alerts(disposition);
    }
}
