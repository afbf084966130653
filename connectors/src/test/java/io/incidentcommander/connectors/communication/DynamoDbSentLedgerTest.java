// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.LocalDynamoDb;
import org.junit.jupiter.api.Test;

/** Against the real engine, in memory. */
class DynamoDbSentLedgerTest {
    private static final String TABLE = "sent-messages";

    @Test
    void sequencesOnlyGrowWhateverArrivesLast() throws Exception {
        try (LocalDynamoDb server = new LocalDynamoDb()) {
            DynamoDbSentLedger.createTableIfAbsent(server.client(), TABLE);
            DynamoDbSentLedger.createTableIfAbsent(server.client(), TABLE);
            SentLedger ledger = DynamoDbSentLedger.in(TABLE, server::client).create();

            assertThat(ledger.find("slack|C|t/i").join()).isEmpty();
            ledger.record("slack|C|t/i", new SentRecord(3, "C 1.0")).join();
            ledger.record("slack|C|t/i", new SentRecord(2, "C 0.5")).join();
            ledger.record("slack|C|t/j", new SentRecord(9, "")).join();

            SentLedger another = DynamoDbSentLedger.in(TABLE, server::client).create();
            assertThat(another.find("slack|C|t/i").join()).contains(new SentRecord(3, "C 1.0"));
            assertThat(another.find("slack|C|t/j").join()).contains(new SentRecord(9, ""));
            another.record("slack|C|t/i", new SentRecord(4, "C 1.0")).join();
            assertThat(ledger.find("slack|C|t/i").join()).contains(new SentRecord(4, "C 1.0"));

            ledger.begin("slack|C|t/k", 1).join();
            assertThat(ledger.find("slack|C|t/k").join()).contains(new SentRecord(0, "", 1));
            ledger.record("slack|C|t/k", new SentRecord(1, "C 2.0")).join();
            ledger.begin("slack|C|t/k", 3).join();
            ledger.begin("slack|C|t/k", 2).join();
            assertThat(ledger.find("slack|C|t/k").join()).contains(new SentRecord(1, "C 2.0", 3));
        }
    }
}
