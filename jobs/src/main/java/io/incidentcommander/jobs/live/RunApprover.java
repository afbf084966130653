// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.ActionLedger;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for the human who approves of what is risky, in a run that nobody sits at: approves of
 * everything, once, under a name that says so. One for the process, as {@link RunBoard}. Thread
 * safe.
 */
final class RunApprover {
    static final String NAME = "stand-in for a human";

    private static final Logger LOG = LoggerFactory.getLogger(RunApprover.class);
    private static final int ATTEMPTS = 12;
    private static final List<TableLedger> LEDGERS = new ArrayList<>();

    private RunApprover() {}

    static synchronized void open(ServiceAddresses addresses) {
        close();
        LEDGERS.add(
                new TableLedger(
                        new ActionTable(
                                DynamoDbClientProvider.at(addresses.dynamoDb()),
                                RunNames.ACTION_TABLE)));
    }

    static synchronized void close() {
        LEDGERS.forEach(TableLedger::close);
        LEDGERS.clear();
    }

    static synchronized void post(ActionOrder order) {
        if (order.kind() == ActionOrder.Kind.ACT) {
            LEDGERS.forEach(ledger -> approve(ledger, order));
        }
    }

    /** A ledger that is slow to answer is asked again; without approval a human would be needed. */
    private static void approve(TableLedger ledger, ActionOrder order) {
        for (int again = 0; again < ATTEMPTS; again++) {
            try {
                if (ledger.approvals(order.decisionId()).isEmpty()) {
                    ledger.approve(
                            NAME, order.decisionId(), order.action().id(), order.deadlineMillis());
                }
                return;
            } catch (ActionLedger.LedgerUnreachableException e) {
                LOG.warn("{}", e.getMessage());
            }
        }
    }
}
