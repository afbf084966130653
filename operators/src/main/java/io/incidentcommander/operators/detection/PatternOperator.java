// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection;

import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.PatternMatch;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Flink's operator for one pattern by event time, on {@link StatesInMemory}. Behind a {@link
 * PatternGate} its states come and go within one watermark: on RocksDB each would be written,
 * deleted, and looked for among all that was deleted.
 *
 * <p>Begins no chain: with the gate in front it is one task, and a match is handed over by a call.
 */
final class PatternOperator<K> extends CepOperator<DetectionEvent, K, PatternMatch> {
    private static final long serialVersionUID = 1L;

    private transient StatesInMemory<K> memory;

    PatternOperator(
            Pattern<DetectionEvent, ?> pattern,
            TypeSerializer<DetectionEvent> events,
            EventComparator<DetectionEvent> order,
            PatternProcessFunction<DetectionEvent, PatternMatch> report) {
        super(
                events,
                false,
                NFACompiler.compileFactory(pattern, false),
                order,
                pattern.getAfterMatchSkipStrategy(),
                report,
                DetectPatterns.LATE);
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        memory = new StatesInMemory<>(context, this::key, PatternOperator::isBlank);
        super.initializeState(memory.in(context));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        memory.forgetBlank(this::setCurrentKey);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        memory.writeBack(this::setCurrentKey);
        super.snapshotState(context);
    }

    int keysInMemory() {
        return memory.keyCount();
    }

    /** As a key begins: nothing matched in part. The operator itself never forgets such a state. */
    private static boolean isBlank(Object value) {
        if (!(value instanceof NFAState)) {
            return false;
        }
        NFAState state = (NFAState) value;
        return state.getCompletedMatches().isEmpty()
                && state.getPartialMatches().stream()
                        .allMatch(partial -> partial.getStartEventID() == null);
    }

    @SuppressWarnings("unchecked")
    private K key() {
        return (K) getCurrentKey();
    }
}
