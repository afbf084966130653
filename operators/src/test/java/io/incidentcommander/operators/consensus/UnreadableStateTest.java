// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static io.incidentcommander.operators.consensus.Council.NOW;
import static io.incidentcommander.operators.consensus.Council.RESTART;
import static io.incidentcommander.operators.consensus.Council.SCALE;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.udfs.consensus.CertificateVerifier;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.contrib.streaming.state.RocksDBKeyedStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;

/**
 * Deliberations whose bytes in the state backend are cut short: nobody decides, a human is asked.
 */
class UnreadableStateTest {
    private static final ActionId R = RESTART.id();
    private static final long DAY = 24L * 3_600_000;

    private static Council restored(OperatorSubtaskState state) throws Exception {
        return new Council(1, 1, 0, state, new EmbeddedRocksDBStateBackend());
    }

    private static Council registered() throws Exception {
        Council council = restored(null);
        for (DefaultRoster member : DefaultRoster.values()) {
            council.control(Council.registered(member, 1, 0));
        }
        return council;
    }

    @Test
    void theWeightiestTrustedRecommendationGoesToAHuman() throws Exception {
        OperatorSubtaskState state;
        RoundRequest before;
        try (Council council = registered()) {
            council.ask(Council.question("i1"), NOW);
            before = council.request();
            council.cast(Council.vote(before, DefaultRoster.DETECTION_RULES, R, 0.9));
            state = council.harness.snapshot(1, 1);
        }
        try (Council council = restored(state)) {
            assertThat(cutShort(council)).isEqualTo(1);
            council.cast(Council.vote(before, DefaultRoster.DIAGNOSIS_MODEL, R, 0.9));
            assertThat(council.decisions()).isEmpty();
            RoundRequest again = council.request();
            assertThat(again.terms().protocol()).isEqualTo(Protocol.PRIORITY_FALLBACK);
            for (DefaultRoster member : DefaultRoster.values()) {
                ActionId action = member == DefaultRoster.RESOLUTION_RUNBOOK ? SCALE.id() : R;
                council.cast(Council.vote(again, member, action, 0.9));
            }
            council.time(NOW + 2 * DAY);

            assertThat(council.decisions()).hasSize(1);
            Decision decision = council.decisions().get(0);
            assertThat(decision.status()).isEqualTo(DecisionStatus.FALLBACK);
            assertThat(decision.action()).isEqualTo(RESTART);
            assertThat(
                            new CertificateVerifier(new Ed25519Signatures())
                                    .check(decision.certificate()))
                    .isEmpty();
            assertThat(council.harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aQuestionThatIsAskedAgainFindsItToo() throws Exception {
        OperatorSubtaskState state;
        try (Council council = registered()) {
            council.ask(Council.question("i1"), NOW);
            state = council.harness.snapshot(1, 1);
        }
        try (Council council = restored(state)) {
            assertThat(cutShort(council)).isEqualTo(1);
            council.ask(Council.question("i1"), NOW + 1);
            assertThat(council.requests()).hasSize(1);
            assertThat(council.request().terms().protocol()).isEqualTo(Protocol.PRIORITY_FALLBACK);
            council.time(NOW + 2 * DAY);
            assertThat(council.decisions())
                    .extracting(Decision::status)
                    .containsExactly(DecisionStatus.FALLBACK);
        }
    }

    @Test
    void ofWhatIsDecidedThereIsNoSecondDecision() throws Exception {
        OperatorSubtaskState state;
        RoundRequest request;
        try (Council council = registered()) {
            council.ask(Council.question("i1"), NOW);
            request = council.request();
            for (DefaultRoster member : DefaultRoster.values()) {
                council.cast(Council.vote(request, member, R, 0.9));
            }
            assertThat(council.decisions()).hasSize(1);
            state = council.harness.snapshot(1, 1);
        }
        try (Council council = restored(state)) {
            assertThat(cutShort(council)).isEqualTo(1);
            council.cast(Council.vote(request, DefaultRoster.PREDICTION_LSTM, R, 0.9));
            council.ask(Council.question("i1"), NOW + 1);
            council.time(NOW + 2 * DAY);
            assertThat(council.requests()).isEmpty();
            assertThat(council.decisions()).isEmpty();
            assertThat(council.harness.numEventTimeTimers()).isZero();
        }
    }

    /** Leaves three bytes of each deliberation in the store; says how many there are. */
    private static int cutShort(Council council) throws Exception {
        RocksDBKeyedStateBackend<?> backend =
                (RocksDBKeyedStateBackend<?>)
                        ((AbstractStreamOperator<?>) council.harness.getOperator())
                                .getKeyedStateBackend();
        RocksDB db = (RocksDB) field(RocksDBKeyedStateBackend.class, "db", backend);
        Map<?, ?> states =
                (Map<?, ?>) field(RocksDBKeyedStateBackend.class, "kvStateInformation", backend);
        Object of = states.get(TallyState.DELIBERATIONS.getName());
        ColumnFamilyHandle family =
                (ColumnFamilyHandle) field(of.getClass(), "columnFamilyHandle", of);
        int cut = 0;
        try (RocksIterator all = db.newIterator(family)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                db.put(family, all.key(), Arrays.copyOf(all.value(), 3));
                cut++;
            }
        }
        return cut;
    }

    private static Object field(Class<?> type, String name, Object of) throws Exception {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
