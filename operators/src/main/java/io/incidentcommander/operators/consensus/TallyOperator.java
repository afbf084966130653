// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.RegisteredAgent;
import io.incidentcommander.model.consensus.TallyInput;
import java.util.List;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;

/**
 * Runs a {@link TallyFunction}, whose tenants are at work in memory, and has it write what changed
 * to state at each snapshot. The first input is keyed by tenant, the second broadcast.
 */
public final class TallyOperator
        extends CoBroadcastWithKeyedOperator<String, TallyInput, RegisteredAgent, Decision> {
    private static final long serialVersionUID = 1L;

    private final TallyFunction tally;

    public TallyOperator(TallyFunction tally) {
        super(tally, List.of(AgentKeys.DESCRIPTOR));
        this.tally = tally;
    }

    @Override
    public void open() throws Exception {
        tally.keyedBy(
                new WorkingValues.CurrentKey() {
                    @Override
                    public String get() {
                        return (String) getCurrentKey();
                    }

                    @Override
                    public void set(String key) {
                        setCurrentKey(key);
                    }
                });
        super.open();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        tally.store();
    }
}
